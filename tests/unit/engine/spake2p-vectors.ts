/** SPAKE2+: RFC 9383 appendix C, and appendix B of version 02 of its draft (draft-bar-cfrg-spake2plus), with HMAC. */

import type { Spake2pSuite } from '../../../engine/engine.ts';

export interface Spake2pVector {
  readonly suite: Spake2pSuite;
  readonly context: string;
  readonly prover: string;
  readonly verifier: string;
  readonly w0: string;
  readonly w1: string;
  readonly l: string;
  readonly x: string;
  readonly y: string;
  readonly shareP: string;
  readonly shareV: string;
  readonly confirmP: string;
  readonly confirmV: string;
  readonly shared: string;
}

export const RFC9383: readonly Spake2pVector[] = [
  {
    suite: { curve: 'secp256r1', hash: 'sha256', confirmation: 'hmac' },
    context: 'SPAKE2+-P256-SHA256-HKDF-SHA256-HMAC-SHA256 Test Vectors',
    prover: 'client',
    verifier: 'server',
    w0: 'bb8e1bbcf3c48f62c08db243652ae55d3e5586053fca77102994f23ad95491b3',
    w1: '7e945f34d78785b8a3ef44d0df5a1a97d6b3b460409a345ca7830387a74b1dba',
    l:
      '04eb7c9db3d9a9eb1f8adab81b5794c1f13ae3e225efbe91ea487425854c7fc0' +
      '0f00bfedcbd09b2400142d40a14f2064ef31dfaa903b91d1faea7093d835966e' +
      'fd',
    x: 'd1232c8e8693d02368976c174e2088851b8365d0d79a9eee709c6a05a2fad539',
    y: '717a72348a182085109c8d3917d6c43d59b224dc6a7fc4f0483232fa6516d8b3',
    shareP:
      '04ef3bd051bf78a2234ec0df197f7828060fe9856503579bb1733009042c15c0' +
      'c1de127727f418b5966afadfdd95a6e4591d171056b333dab97a79c7193e3417' +
      '27',
    shareV:
      '04c0f65da0d11927bdf5d560c69e1d7d939a05b0e88291887d679fcadea75810' +
      'fb5cc1ca7494db39e82ff2f50665255d76173e09986ab46742c798a9a68437b0' +
      '48',
    confirmP: '926cc713504b9b4d76c9162ded04b5493e89109f6d89462cd33adc46fda27527',
    confirmV: '9747bcc4f8fe9f63defee53ac9b07876d907d55047e6ff2def2e7529089d3e68',
    shared: '0c5f8ccd1413423a54f6c1fb26ff01534a87f893779c6e68666d772bfd91f3e7',
  },
  {
    suite: { curve: 'secp256r1', hash: 'sha512', confirmation: 'hmac' },
    context: 'SPAKE2+-P256-SHA512-HKDF-SHA512-HMAC-SHA512 Test Vectors',
    prover: 'client',
    verifier: 'server',
    w0: '1cc5207d6e34b8f7828206fb64b86aa9c712bc952abf251bb9f5856b24d8c8cc',
    w1: '4279649e62532b01dc27d2ed39100ba350518fb969672061a01edce752d0e672',
    l:
      '043a348ad475d2200d46df876f1eb2e136056da31dafff52cc7762bf3be84de0' +
      '097c4e69b0b9321326af1f0af4a14561a9c7b640cb5afd6822d14cb34830fc45' +
      '11',
    x: 'b586ab83f175c1a2b56b6a1b6a283523f88a9befcf11e22efb48e2ee1fe69a23',
    y: 'ac1fb828f041782d452ea9cc00c3fa34a55fa8f7f98c04be45a3d607b092d441',
    shareP:
      '04a7928c4b47f6b8657a5b8ebcb6f1bd266192e152fb9745a4180c94657a2f32' +
      '3b4d50d536c0325cdb0ec42c9bd8db8d7af3ff6dc85edb4b5365375c62e09def' +
      '4a',
    shareV:
      '04498c29e37dbd53ebf8db76679901d90c6be3af57f46ac3025b32420839f048' +
      '9c6c3b6bf5ddc8ecbc3d7c83d0891ad814a00ad23eba13197c9d96a5b10275e3' +
      '5d',
    confirmP:
      '6b2469b56cf8ac3f94a8d0b533380ea6b3d0f46b3e12ee82550d49e129c24127' +
      '28c9437a64ee5f80c8cdc5e8a30faa0a6deb8a5251346ba81bb6fc955b2304fc',
    confirmV:
      '154174fc278a935e290b3352ba877e179fa9281c0a76928faea703c72d383b26' +
      '7511a5cf084cb07147efece94e3cfd91944e7baab856858fbebc087167b0f409',
    shared:
      '11887659d9e002f34fa6cc270d33570f001b2a3fc0522b643c07327d09a4a9f4' +
      '7aab85813d13c585b53adf5ac9de5707114848f3dc31a4045f69a2cc1972b098',
  },
  {
    suite: { curve: 'secp384r1', hash: 'sha256', confirmation: 'hmac' },
    context: 'SPAKE2+-P384-SHA256-HKDF-SHA256-HMAC-SHA256 Test Vectors',
    prover: 'client',
    verifier: 'server',
    w0:
      '097a61cbb1cee72bb654be96d80f46e0e3531151003903b572fc193f233772c2' + '3c22228884a0d5447d0ab49a656ce1d2',
    w1:
      '18772816140e6c3c3938a693c600b2191118a34c7956e1f1cd5b0d519b56ea58' + '58060966cfaf27679c9182129949e74f',
    l:
      '04f27dd5384d6b9beb4c5022c94b1978d632779e1d3abe458611e734a529d004' +
      'e25053398e5dc9eeaa4ffa59743ca7ddbc0e7ce69155295cb2b846da83ee6a44' +
      '490dd8e96bb0b0f6645281bfd978dd5f6836561ea0d8b2c045ff04cef2e5873d' +
      '2c',
    x:
      '2f1bdbeda162ff2beba0293d3cd3ae95f663c53663378c7e18ee8f56a4a48b00' + 'd31ce0ef43606548da485058f12e8e73',
    y:
      'bbcaf02404a16ed4fa73b183f703a8d969386f3d34f5e98b3a904e760512f117' + '57f07dfcf87a2ada8fc6d028445bd53e',
    shareP:
      '049fb0404ca7ce71fb85d3aaa8fd05fa054affac996135bc245149be09571e43' +
      'e2bf76e00d6d52ac452b8224f6b9da31420a4f5e214b377546daad4d61da5ca0' +
      'cfdea59a5a92ebdb6b42da5d14663b8d1f9eb97050139ab89788e0ada27b048f' +
      'cf',
    shareV:
      '0493b1c1f6a30eac4ac4a15711e44640bae3576787627ee25411042981e94b2e' +
      '9604b9374f66bb247bc431759212ef3fa0a20c087863b89efb32219e1337ce94' +
      'be2175f8cb9fd50cf0b84772717fd063c52b69de1229a01ab840b55993287f32' +
      'ed',
    confirmP: '7ae825e242a5a1f86ad7db172c2c12fcb458b6a2b1ddfc96b2b7cfd2eed5f7ab',
    confirmV: '1581062167d6a3d14493447cd170d408f6fdc58e31225438db86214167426a7a',
    shared: '99758e838ae1a856589689fb55b6befe4e2382e6ebbeca1a6232a68f9dc04c1a',
  },
  {
    suite: { curve: 'secp384r1', hash: 'sha512', confirmation: 'hmac' },
    context: 'SPAKE2+-P384-SHA512-HKDF-SHA512-HMAC-SHA512 Test Vectors',
    prover: 'client',
    verifier: 'server',
    w0:
      'b8d44a0982b88abe19b724d4bdafba8c90dc93130e0bf4f8062810992326da12' + '6fd01db53e40250ca33a3ff302044cb0',
    w1:
      '2373e2071c3bb2a6d53ece57830d56f8080189816803c22375d6a4a514f9d161' + 'b64d0f05b97735b98b348f9b33cc2e30',
    l:
      '049ca7217ff6456bb2e2bcf71b31d9b1e5ed6e0c9700936ae617e990cee87ee1' +
      'ce3a03629dd5532948c39b89f38b39f13c7f513c5b1ada00f6533a4a8b02b9cd' +
      '04e1b2a5db1f24ec5fe959198a19666037e04b768cc02e75ac9da0048736db6e' +
      '5b',
    x:
      '5a835d52714f30d2ef539268b89df9558628400063dfa0e41eb979066f4caf40' + '9bbf7aab3ddddea13f1b070a1827d3d4',
    y:
      'c883ee5b08cf7ba122038c279459ab1a730f85f2d624a02732d519faab56a498' + 'e773a8dec6c447ed02d5c00303a18bc4',
    shareP:
      '042f382eef464a2c9aecfdf4b81d25c4de2de113ba67405ce336c762c69217ae' +
      '7e27bda875144140d7536c4cc08b9b4dace5f872a6a2ed57f34042688ad3c5d4' +
      '46c187dc0caf9cea812df3a4dd6fdbc64b9d7d7d7ff4bf6965abb06eeb108d55' +
      'ee',
    shareV:
      '04d72e11eee332305062454c0a058b8103a3304785d445510cd8d101e9cb44cf' +
      'b159cb7b72123abaf719ab1c42e0558c84c14b0886e8b446e4c880bff2f4b291' +
      'fafafc748cb4115824e66732bdeba7fae176388e228ab9d7546255994ca3fb5a' +
      '52',
    confirmP:
      '7f806ae56ea3e49a8b16ffee528086489418913641f529d50ff92aa456ad4648' +
      'e522f9540b403bff6bd94ee1adc95c7d1b2666f7ba6f9c10748bc7bfb4181d27',
    confirmV:
      '8daa262decb79cceda4421f4f8dacf22ec027c08e036f071beea563c8e00813a' +
      '29807963ff9d7d6bbff48dd5bdcdd9ca9fd7ffc272b162258d981913f7253dcb',
    shared:
      '31e0075a823b9269af5769d71ef3b2f5001cbfe044584fe8551124a217dad078' +
      '415630bf3eda16b5a38341d418a6d72b3960f818a0926f0de88784b59d6a694b',
  },
  {
    suite: { curve: 'secp521r1', hash: 'sha512', confirmation: 'hmac' },
    context: 'SPAKE2+-P521-SHA512-HKDF-SHA512-HMAC-SHA512 Test Vectors',
    prover: 'client',
    verifier: 'server',
    w0:
      '009c79bcd7656716314fca5a6e2c5cda7ef86131399438e012a043051e863f60' +
      'b5aeb3c101731e1505e721580f48535a9b0456b231b9266ae6fff49ee90d25f7' +
      '2f5f',
    w1:
      '01632c15f51fcd916cd79e19075f8a69b72b0099922ad62ff8d540b469569f0a' +
      'a027047aed2b3f242ea0ac4288b4e4db6a4e5946d8ad32b42192c5aa66d9ef8e' +
      '1b33',
    l:
      '040135072d0fa36f9e80031294cef5c3c35b882a0efa2c66570d64a49f8bec6c' +
      '66435bf65bb7c7b2a3e7dece491e02b4d567e7087dbc32fe0fae8af417dcb50b' +
      'e6d704012a194588b690e6d3db492656f72ddea01fc1c7fcec0f5d34a5af0102' +
      '939f6fdeae39c20cff74fcdb7f09855f0fc9520d20b0520b0b096b8d42c7c3d6' +
      '8b4a66f751',
    x:
      '00b69e3bb15df82c9fa0057461334e2c66ab92fc9b8d3662eec81216ef5ddc4a' +
      '43f19e90dedaa2d72502f69673a115984ffcf88e03a9364b07102114c5602cd9' +
      '3c69',
    y:
      '0056d01c5246fbde964c0493934b7ece89eafd943eb27d357880a2a22022499e' +
      '249528c5707b1afe8794c8a1d60ceedaeed96dd0dd904ea075f096c9fec5da7d' +
      'e496',
    shareP:
      '0400a14431edf6852ff5fe868f8683e16e9e0a45d9e27f9a96442285ac6b161f' +
      'c0bf267362a5ffb06f9cbd14b7a37e492146d77cae4c77812df00a91dbae09e2' +
      '7e1fac00ae019317ef9768548325bca35ce258e6206fe03c6338b2eb889d09d9' +
      'f11400a36cf6328a7e1f81c6c7a2af7ff1d9b5210768318f27e57b75b39b9fbf' +
      'c7b37a60ab',
    shareV:
      '0401aa5af0f3027f63b7170572db5ff06dd1f3d6ea8ea771b26b434fbbc6c9de' +
      '7d80975131c9c2e94d30c0ed2d62449c4c1b7e95037a85ed7598e415a2591263' +
      '65e89500d0f2156b551b70416d719944736990f346f6f9ba4fbaf2f63e098736' +
      '90bcf730582e0a7b03ffede50f5787b631d5021a94287f0a29a081b62b9f5a3b' +
      'f393b001b3',
    confirmP:
      'f0f5c903dfa42fe367659656a26058cd984b76a8e91ae4d0fa4c13db149008e2' +
      'ae57713fb230a627761174fefd263b9c10e9a4b6a3746cde59c5943040c17133',
    confirmV:
      'a8f7ab43f3a800171d3a3fb26d742e1ed236c2d5804ecd328f220a7d245cd2e3' +
      'bfb6c0526983bff9229c94f70fe64ba9bb5a4d0dc10afcda64a4c96d4c3d81ad',
    shared:
      'd1c170e4e55efacb9db8abad286293ebd1dcf24f13973427b9632bbc323e42e4' +
      '47afca2aa7f74f2af3fb5f51684ec543db854b7002cde6799c330b032ba8820a',
  },
  {
    suite: { curve: 'secp256r1', hash: 'sha256', confirmation: 'cmac' },
    context: 'SPAKE2+-P256-SHA256-HKDF-SHA256-CMAC-AES-128 Test Vectors',
    prover: 'client',
    verifier: 'server',
    w0: '9aad90c603cf16cec4ee40d81acd7a865130b28cc6d0664ae2e0f406aa47ed61',
    w1: '872be859cec1e78d191882bd9c2f032af018a25016813788fe8954bfffc58c8e',
    l:
      '04d79a53698c5dd79e14b426e73b4a7f1b42469815fe24e8f53ce01579e902eb' +
      '198d59f05bc451c41826b88e3db5476a69e197fdf474c75b387f6d40361c3fda' +
      '35',
    x: '9d39a3511a007a7d3fe6af5555cf60301bcda503f2bf6634b2caf9e4fd0743a1',
    y: '9c3219841626325c68d89c22fb6c55611e3136442daa8b9b784db7242afff3ed',
    shareP:
      '04788218027ba4b17f7279ef0aef47a8733cf88b5bf65d6127ecadc78b8a0f65' +
      'b9001f7e54719fb63c072ddd1e1a4adfb376dde37ba1aa2082362b6c2ca14a8e' +
      '53',
    shareV:
      '04c05953ea9d1cd6248b8c61becd7d55e46237526d8b1e23495ea7566b7f6bc2' +
      '4b3da1cfb2e88a975fcfb5dc4e72b5cbea509b1cfdd1ef8f8195fa8bf2bd5ca1' +
      'e5',
    confirmP: 'd340bc94a03feafd14491e316514ca5f',
    confirmV: '2b42d0fe76bcf9ccc208d06d60082f96',
    shared: 'e832094adfc028bf288e49ab902fc208b7eeff084f259da7613c0479869d4fc9',
  },
  {
    suite: { curve: 'secp256r1', hash: 'sha512', confirmation: 'cmac' },
    context: 'SPAKE2+-P256-SHA512-HKDF-SHA512-CMAC-AES-128 Test Vectors',
    prover: 'client',
    verifier: 'server',
    w0: '56e0299ac95739b616a973276c1338e3651285345dde2f7faf74c25c0b50eb90',
    w1: '462fe5b522a17d3d35b27323113bdd252de9cbfdd6f264b35721bf59a9a74f0b',
    l:
      '040540332ffec8a2faa8d17ae6da5973c11e078b8c10c89fd6af996726b80235' +
      '13eff2914c3ced64fbedd4e261438fb0ea6ef9fc1faef4ba1ead780636faac1b' +
      'c1',
    x: '254dd22780eeb6af2464dd6a2bd026b46a34966d6933607f1be956314f74b0ea',
    y: '695beec24305fbd5660bc200228598e7c891fdf60a55df4bdd3a57debc38474a',
    shareP:
      '049661cfdb0f7bd24b637f8d1d0f464c17f0b9c15129ea31156dcc581da6c840' +
      '240b275d72f28ea73a5c088c99d73896af24a5ae26e036eb2dedaf26e511a24a' +
      '48',
    shareV:
      '0461f580eb3eb4b2f412d5c07491f360ad6e4492d8f23e346f0ba999fbbcb971' +
      '5a3c2485c3b250a6672e6698da3c9a9725645f607ee90a9b1b34fd44b9df6e55' +
      '1a',
    confirmP: '0dc514d262e37470eb43e058e0d615f4',
    confirmV: 'de076589efcd5d96c2ea6061d96772d9',
    shared:
      '488a34663d6be5e02590bb8e9ad9ad3e0f580dec41e8b99ed4ae4b734da49287' +
      '638cac4c9f17fe3c3ae18dda0d6d7f14c17e4640d5a2aaab959efa0cbea4e546',
  },
];

export const DRAFT02: readonly Spake2pVector[] = [
  {
    suite: { curve: 'secp256r1', hash: 'sha256', confirmation: 'matter' },
    context: 'SPAKE2+-P256-SHA256-HKDF draft-01',
    prover: 'client',
    verifier: 'server',
    w0: 'e6887cf9bdfb7579c69bf47928a84514b5e355ac034863f7ffaf4390e67d798c',
    w1: '24b5ae4abda868ec9336ffc3b78ee31c5755bef1759227ef5372ca139b94e512',
    l:
      '0495645cfb74df6e58f9748bb83a86620bab7c82e107f57d6870da8cbcb2ff9f' +
      '7063a14b6402c62f99afcb9706a4d1a143273259fe76f1c605a3639745a92154' +
      'b9',
    x: '8b0f3f383905cf3a3bb955ef8fb62e24849dd349a05ca79aafb18041d30cbdb6',
    y: '2e0895b0e763d6d5a9564433e64ac3cac74ff897f6c3445247ba1bab40082a91',
    shareP:
      '04af09987a593d3bac8694b123839422c3cc87e37d6b41c1d630f000dd64980e' +
      '537ae704bcede04ea3bec9b7475b32fa2ca3b684be14d11645e38ea6609eb39e' +
      '7e',
    shareV:
      '04417592620aebf9fd203616bbb9f121b730c258b286f890c5f19fea833a9c90' +
      '0cbe9057bc549a3e19975be9927f0e7614f08d1f0a108eede5fd7eb5624584a4' +
      'f4',
    confirmP: 'd4376f2da9c72226dd151b77c2919071155fc22a2068d90b5faa6c78c11e77dd',
    confirmV: '0660a680663e8c5695956fb22dff298b1d07a526cf3cc591adfecd1f6ef6e02e',
    shared: '801db297654816eb4f02868129b9dc89',
  },
  {
    suite: { curve: 'secp256r1', hash: 'sha256', confirmation: 'matter' },
    context: 'SPAKE2+-P256-SHA256-HKDF draft-01',
    prover: 'client',
    verifier: '',
    w0: 'e6887cf9bdfb7579c69bf47928a84514b5e355ac034863f7ffaf4390e67d798c',
    w1: '24b5ae4abda868ec9336ffc3b78ee31c5755bef1759227ef5372ca139b94e512',
    l:
      '0495645cfb74df6e58f9748bb83a86620bab7c82e107f57d6870da8cbcb2ff9f' +
      '7063a14b6402c62f99afcb9706a4d1a143273259fe76f1c605a3639745a92154' +
      'b9',
    x: 'ec82d9258337f61239c9cd68e8e532a3a6b83d12d2b1ca5d543f44def17dfb8d',
    y: 'eac3f7de4b198d5fe25c443c0cd4963807add767815dd02a6f0133b4bc2c9eb0',
    shareP:
      '04230779960824076d3666a7418e4d433e2fa15b06176eabdd572f43a32ecc79' +
      'a192b243d2624310a7356273b86e5fd9bd627d3ade762baeff1a320d4ad7a4e4' +
      '7f',
    shareV:
      '044558642e71b616b248c9583bd6d7aa1b3952c6df6a9f7492a06035ca5d9252' +
      '2d84443de7aa20a59380fa4de6b7438d925dbfb7f1cfe60d79acf961ee33988c' +
      '7d',
    confirmP: 'e1b9258807ba4750dae1d7f3c3c294f13dc4fa60cde346d5de7d200e2f8fd3fc',
    confirmV: 'b9c39dfa49c47757de778d9bedeaca2448b905be19a43b94ee24b770208135e3',
    shared: '6989d8f9177ef7df67da437987f07255',
  },
  {
    suite: { curve: 'secp256r1', hash: 'sha256', confirmation: 'matter' },
    context: 'SPAKE2+-P256-SHA256-HKDF draft-01',
    prover: '',
    verifier: 'server',
    w0: 'e6887cf9bdfb7579c69bf47928a84514b5e355ac034863f7ffaf4390e67d798c',
    w1: '24b5ae4abda868ec9336ffc3b78ee31c5755bef1759227ef5372ca139b94e512',
    l:
      '0495645cfb74df6e58f9748bb83a86620bab7c82e107f57d6870da8cbcb2ff9f' +
      '7063a14b6402c62f99afcb9706a4d1a143273259fe76f1c605a3639745a92154' +
      'b9',
    x: 'ba0f0f5b78ef23fd07868e46aeca63b51fda519a3420501acbe23d53c2918748',
    y: '39397fbe6db47e9fbd1a263d79f5d0aaa44df26ce755f78e092644b434533a42',
    shareP:
      '04c14d28f4370fea20745106cea58bcfb60f2949fa4e131b9aff5ea13fd5aa79' +
      'd507ae1d229e447e000f15eb78a9a32c2b88652e3411642043c1b2b7992cf2d4' +
      'de',
    shareV:
      '04d1bee3120fd87e86fe189cb952dc688823080e62524dd2c08dffe3d22a0a89' +
      '86aa64c9fe0191033cafbc9bcaefc8e2ba8ba860cd127af9efdd7f1c3a41920f' +
      'e8',
    confirmP: 'e564c93b3015efb946dc16d642bbe7d1c8da5be164ed9fc3bae4e0ff86e1bd3c',
    confirmV: '072a94d9a54edc201d8891534c2317cadf3ea3792827f479e873f93e90f21552',
    shared: '2ea40e4badfa5452b5744dc5983e99ba',
  },
  {
    suite: { curve: 'secp256r1', hash: 'sha256', confirmation: 'matter' },
    context: 'SPAKE2+-P256-SHA256-HKDF draft-01',
    prover: '',
    verifier: '',
    w0: 'e6887cf9bdfb7579c69bf47928a84514b5e355ac034863f7ffaf4390e67d798c',
    w1: '24b5ae4abda868ec9336ffc3b78ee31c5755bef1759227ef5372ca139b94e512',
    l:
      '0495645cfb74df6e58f9748bb83a86620bab7c82e107f57d6870da8cbcb2ff9f' +
      '7063a14b6402c62f99afcb9706a4d1a143273259fe76f1c605a3639745a92154' +
      'b9',
    x: '5b478619804f4938d361fbba3a20648725222f0a54cc4c876139efe7d9a21786',
    y: '766770dad8c8eecba936823c0aed044b8c3c4f7655e8beec44a15dcbcaf78e5e',
    shareP:
      '04a6db23d001723fb01fcfc9d08746c3c2a0a3feff8635d29cad2853e7358623' +
      '425cf39712e928054561ba71e2dc11f300f1760e71eb177021a8f85e78689071' +
      'cd',
    shareV:
      '04390d29bf185c3abf99f150ae7c13388c82b6be0c07b1b8d90d26853e84374b' +
      'bdc82becdb978ca3792f472424106a2578012752c11938fcf60a41df75ff7cf9' +
      '47',
    confirmP: '71d9412779b6c45a2c615c9df3f1fd93dc0aaf63104da8ece4aa1b5a3a415fea',
    confirmV: '095dc0400355cc233fde7437811815b3c1524aae80fd4e6810cf531cf11d20e3',
    shared: 'ea3276d68334576097e04b19ee5a3a8b',
  },
];
