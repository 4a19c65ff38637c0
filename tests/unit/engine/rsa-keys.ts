/** RSAPrivateKey structures made by OpenSSL, for these tests alone. */

function der(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

/** 1024 bits, e = 65537. */
export const RSA1024 = der(
  'MIICXQIBAAKBgQDWAQmBFfyBaLTNhn/Bj1NzkItK1YEPIdvr8XR9iXFjJjSc97BjfYNiFjZmPLYkRvk8SBP5N6R2zIaHjEe3Y0yU' +
    'W7kIQDlIDu06sghlUVaXW9ghsRMlDr49AqkyXHq4qMwLrwXFkLM0SV85OQ0sFNYYuZjwuBolWrTw/fmYZthYzQIDAQABAoGAfWx6' +
    'L4e9R/MgFFzBv6XK2S5cFO3xB/dmN3B6P6EwLVYU+/JHFOhY+kHefCkU70oRhP0Rh7zOzTmtlv/mgFrYZABevq9lmtlcd7Ydv8dt' +
    'TOLixKmuzWMAVcG5J7KbhaEe43ZgHBHg/0MDWHVb8NldaEyn/YjY/WltvcdDWAoTY5kCQQD3TV8cOHjK9ePK1EVvwlAq2BiVueNM' +
    'LaLj/JZZVL3QahOASsBqoHVY3nd8SzzqlMzQQP2RnzOrYYD+L8Ceb++jAkEA3YfcErZfwTfV5JFhhdzRLk9Pr3lBNv1eX/9x7ncy' +
    'd2r2ln44OpStgQIIhwyDcA/U5u3NhyGvgzyD8oEiFl1czwJAZOQy5j9/wEW6zjf1sBeVPzV0KjlxKtX/e4XEDOPOoKV2GUPl5lpa' +
    'JYx1MMc9LfLQ8DFjgbJykPuxdYIj0j+WgwJBALlkf3pxgcUzsx8rw4/BcpXs7eUN9tPMSnTQVEqbGnLx4xei3e+4iVNTnktW35Ci' +
    'zyvLi5sxR67usAX8p8hLreUCQQDNMwKXUkJrDJZ8HyndTqC5nBts1cBG4GT5YsCIVJdGfplm5vU8sW90YWvYNHjEKA2ymbrH4ToY' +
    'BuUJm6qghFKy',
);

/** 1031 bits, e = 3. */
export const RSA1031 = der(
  'MIICXQIBAAKBgXB5ClRkjsYH0OoCApeLo/bxR2IROx7VSuYqly/DV+bGpwq9aV0Cg3T8ipgN+BR4NIJHEKBtqqWhWKtozT/Itwrz' +
    'HuK8OkNy7s0vi5h9lcPayeEvn7iJ7JMfRgT0CP20O51qjWjAZMtkjsU2mdclU01MrGH5LmWw2Uk20pjIsAAjjQIBAwKBgUr7XDhD' +
    'Cdlai0asAbpdF/n2L5a2J2njh0QcZMqCOpnZxLHTm5NXAk39sbqz+rhQIwGEtcBJHG5rkHJF3iqFz1yS+/f8ejMyaHzMr2fTjKva' +
    'gAQwKCgQnt/pm21yNiDkLEuDOuNF06IBQDs29cnTFtmgOSMpgJWrAnUIv8Euey2pqwJBD0lmL6p4egbR73fWHZf5BTqmWsVns629' +
    '4UuKNNDXWMMg5xatlQrHycYFF8s8kX2GWlBxE+FVWQ3z1nVPWEbsci0CQQdbiJHYfi1LQA0MpqKqyQ3PNIyeFL1QhV+RVpPm9QU2' +
    'Cz6eZkKckJjoZ0xd69czgIIGPCcML9dHpdM9p6qwTzLhAkEKMO7KcaWmrzafpTlpD/tY0cQ8g5p3ySlA3QbN4I+QghXvZHO4sdqG' +
    'hANlMihg/lmRivYNQOOQs/fkTjTlhJ2hcwJBBOewYTr+yNzVXghvFxyGCTTNsxQN04sDlQuPDUSjWM6yKb7u1xMLEJrviD6dOiJV' +
    'rAQoGggf5NpujNPFHHWKIesCQQIy1bDMFWtyyuq4WEVt5toX7Qu6bbH++HSp1+apYnQ9vzfOuo4izzyyOPzhmQUJGerZEEzl/9T5' +
    'CNHDqzgwAGqg',
);

/** 2048 bits, e = 65537. */
export const RSA2048 = der(
  'MIIEowIBAAKCAQEA3MlC/Le8E3GNz2o5E1ZVOi9huYZa0l/xIIE4iozwxoA78IZ9F5P7E95WtCiGjlr9WpKb/CRP8XyvaXSir1ho' +
    'bxYPbK25YaAylvygqE7ypfs1Dc5CoTNWtfja2qWAFgzgTAGl+F85skv+P2UNBAvRw9fe3L+41YCx/HOhv0ikjcitScwFHK1IpZuB' +
    'fMvqJ+wMq7ThzIKifku4WBFLlO8o2aK5oOQpGdndFMcHBgv6npq6nulCx6MXEJsxxa5jJe8WG6K5lomvyMnuniKKsH5oV1Gv5aqe' +
    'jDSWXuTvFZNokZKLsAhJ+G1gJwozOxyWolK12Yr7Vg/n0JdCfzNZLmf6/wIDAQABAoIBABN5b9PZY64rXqDO88iFiEWg7EkbAA59' +
    'Bp3MCBq1zSm/zImuCIFN54rxxPVl0F3kyg11JRZxIC64GsN91Y5giUWod8/UOv0mI5A3KaHu5MRIi34eQA5L+E1bbU0f5VO3QF7e' +
    'k68mvHDCTI4hnFZLse2eWuVfG9npMh8xwTCdeGDxCoxy1T9QhOub0BTfnhC/8DOT3sRLgAF70KHKPNEwSFVgqqcVCeOuLvNM9hgw' +
    'EItqYZy/hLD8yCIT0vuN8BJCTrJT8JIB0339N+rDsqMQs9ugrYtMQeDf/R+TS8xgxnf3isnFPDHHdCMQLn1+1gKdXGTlNP6HJyT4' +
    'pq3SItXdBuECgYEA7msVVJayCZWvUFsI5UseZ+bBLiTXImsK+TDj+Lw9VpNEazYIeUP7J2M9Tyg/a9iBa7HvEtKaNLplpww9JVC2' +
    'B/+btaS2vVi4oTTZwiIvR4i5qv30MSHFMHWdZzLVnWcjPKQPPujyKCNeowAdQCBInxTwprFYjxfaaW/jH8UO/UkCgYEA7RFQq0qH' +
    '8iW1SqO1fC5Y+563MUVfq4yxG9htqIy2AWFWmWsyU05LPY4N7DDIewQWT3dVloeVi2GExB3PywGrNeEZdRx/asjX6ZenULcFod64' +
    'NQei8t8tgFMiAR/cDCTiRShBaEfqrKtKqCixatCoyw7QRnvZUDabNNP+YpFMngcCgYB+wYnephvTwrQpeazaEz0AKovMV6PVVanI' +
    '4Hhjtti5naRDh7+rkTwHLdjbq99EHCB6vGgJztRTckI3NOeRXj7ZM8l6Ii9RrcjDVFDtyLTwSD3GLixUrsqiv/VGd51giQQP6n18' +
    'ieas9lkLOjVS8ZcKlNx5E1KtCRaC9gx/yIn2mQKBgHXKW62wa5nKWKjMbNlV4gqr0tQdZyrCziFKyTmtKKXI6pFyLOAtj772/T31' +
    'Azf0UO2NGq6fkZNekewr79oraxlrTg3dagXx4y4ClzTIq3jBQ/+9Wp6Ye3A+Xi/214wFK5Q3K0CYMyc2OPMSvQyYvrWeF6hd0x1C' +
    '9J0sFEJ/dXUzAoGBAILvQeKQo/rg9mLrkvrkVX5CJ4JdRl4qu5DxBn3H2pH33LmiNbtUzQ+2f++ihouk/DtdV3jwQ0BGLpPXu0+I' +
    'FKdAY8MMX07sV38/g90F9G7ForSD0to/WMj7AjAO+iOmkKyq/ainlXWkeF6MatWEZv+K0M0w19u4+wc/2KTJmGNc',
);
