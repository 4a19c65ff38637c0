/* A script of calls on stdin, what came of each on stdout, in one line each. The same source is compiled once against
 * h5sm and once against another library; script.ts says what the lines are. Identifiers and handles stay in here. */
#include <psa/crypto.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REGISTERS = 32, OPERANDS = 4, LONGEST = 1 << 20, GUARD = 64, UNTOUCHED = 0xee };

typedef struct {
    uint8_t *data;
    size_t length;
} bytes_t;

static psa_key_id_t keys[REGISTERS];
static bytes_t saved[REGISTERS];
static psa_hash_operation_t hashes[REGISTERS];
static psa_mac_operation_t macs[REGISTERS];
static psa_cipher_operation_t ciphers[REGISTERS];
static psa_key_derivation_operation_t derivations[REGISTERS];
/* How many registers of operations the script has used. */
static unsigned used;

/* The operands of the line that is running, each kind in its order. */
static psa_key_id_t key_in[OPERANDS];
static size_t number[OPERANDS];
static bytes_t in[OPERANDS];
static unsigned operation[OPERANDS];
static psa_key_attributes_t attributes;
static psa_key_id_t *key_out;
static psa_key_id_t made;
static uint8_t *out;
static size_t out_size;
static size_t out_length;
static bytes_t *out_saved;

static _Noreturn void broken(const char *what, const char *where)
{
    fprintf(stderr, "driver: %s: \"%s\"\n", what, where);
    exit(3);
}

static unsigned register_at(const char *token)
{
    unsigned long n = strlen(token) > 2 ? strtoul(token + 2, NULL, 10) : REGISTERS;
    if (n >= REGISTERS) {
        broken("no such register", token);
    }
    return (unsigned)n;
}

static void *room_for(size_t length)
{
    void *memory = malloc(length + 1);
    if (memory == NULL) {
        broken("no memory", "");
    }
    return memory;
}

/* A failing call gets nothing in place of what an earlier one failed to give. */
static void copy(bytes_t *to, const uint8_t *data, size_t length)
{
    uint8_t *memory = room_for(length);
    if (length > 0) {
        memcpy(memory, data, length);
    }
    free(to->data);
    to->data = memory;
    to->length = length;
}

/* =0a0b */
static void hex_operand(bytes_t *to, const char *digits)
{
    size_t length = strlen(digits) / 2;
    uint8_t *data = room_for(length);
    for (size_t i = 0; i < length; i++) {
        const char two[] = { digits[2 * i], digits[2 * i + 1], 0 };
        data[i] = (uint8_t)strtoul(two, NULL, 16);
    }
    free(to->data);
    to->data = data;
    to->length = length;
}

/* $b1, $b1:5 (its first 5 bytes), $b1/5 (all behind them), $b1^5 (one bit of byte 5 changed) */
static void saved_operand(bytes_t *to, const char *token)
{
    const bytes_t *from = &saved[register_at(token)];
    const char *change = strpbrk(token, ":/^");
    size_t at = change == NULL ? 0 : strtoul(change + 1, NULL, 10);
    at = at < from->length ? at : from->length;
    size_t skip = change != NULL && *change == '/' ? at : 0;
    copy(to, from->data == NULL ? NULL : from->data + skip, change != NULL && *change == ':' ? at : from->length - skip);
    if (change != NULL && *change == '^' && at < to->length) {
        to->data[at] ^= 1;
    }
}

/* {type,bits,lifetime,id,usage,alg} */
static void attributes_operand(const char *token)
{
    unsigned long field[6] = { 0 };
    const char *at = token + 1;
    for (size_t i = 0; i < 6; i++) {
        char *end;
        field[i] = strtoul(at, &end, 0);
        at = *end == ',' ? end + 1 : end;
    }
    attributes = psa_key_attributes_init();
    psa_set_key_type(&attributes, (psa_key_type_t)field[0]);
    psa_set_key_bits(&attributes, field[1]);
    psa_set_key_lifetime(&attributes, (psa_key_lifetime_t)field[2]);
    if (field[3] != 0) {
        psa_set_key_id(&attributes, (psa_key_id_t)field[3]);
    }
    psa_set_key_usage_flags(&attributes, (psa_key_usage_t)field[4]);
    psa_set_key_algorithm(&attributes, (psa_algorithm_t)field[5]);
}

/* [size] or [size]$b1 */
static void room_operand(const char *token)
{
    char *end;
    out_size = strtoul(token + 1, &end, 10);
    if (*end != ']') {
        broken("a room has no end", token);
    }
    out_saved = end[1] == '$' ? &saved[register_at(end + 1)] : NULL;
    free(out);
    out = room_for(out_size + GUARD);
    memset(out, UNTOUCHED, out_size + GUARD);
}

static void operand(const char *token, unsigned *count)
{
    unsigned slot = 0;
    switch (token[0]) {
    case '{':
        attributes_operand(token);
        return;
    case '[':
        room_operand(token);
        return;
    case '>':
        key_out = &keys[register_at(token + 1)];
        return;
    case '=':
        slot = count[0]++ % OPERANDS;
        hex_operand(&in[slot], token + 1);
        return;
    case '@':
        slot = count[1]++ % OPERANDS;
        key_in[slot] = (psa_key_id_t)strtoul(token + 1, NULL, 0);
        return;
    case '$':
        if (token[1] == 'k') {
            slot = count[1]++ % OPERANDS;
            key_in[slot] = keys[register_at(token)];
        } else if (token[1] == 'b') {
            slot = count[0]++ % OPERANDS;
            saved_operand(&in[slot], token);
        } else {
            slot = count[2]++ % OPERANDS;
            operation[slot] = register_at(token);
            used = operation[slot] < used ? used : operation[slot] + 1;
        }
        return;
    default:
        slot = count[3]++ % OPERANDS;
        number[slot] = strcmp(token, "max") == 0 ? SIZE_MAX : strtoul(token, NULL, 0);
    }
}

static void operands(char *list)
{
    unsigned count[OPERANDS] = { 0 };
    for (size_t i = 0; i < OPERANDS; i++) {
        copy(&in[i], NULL, 0);
        key_in[i] = 0;
        number[i] = 0;
        operation[i] = 0;
    }
    attributes = psa_key_attributes_init();
    key_out = NULL;
    made = 0;
    free(out);
    out = NULL;
    out_size = 0;
    out_length = 0;
    out_saved = NULL;
    for (char *token = strtok(list, " "); token != NULL; token = strtok(NULL, " ")) {
        operand(token, count);
    }
}

static void reset(void)
{
    for (size_t i = 0; i < used; i++) {
        psa_hash_abort(&hashes[i]);
        psa_mac_abort(&macs[i]);
        psa_cipher_abort(&ciphers[i]);
        psa_key_derivation_abort(&derivations[i]);
    }
    used = 0;
    for (size_t i = 0; i < REGISTERS; i++) {
        if (keys[i] != 0) {
            psa_destroy_key(keys[i]);
            keys[i] = 0;
        }
        copy(&saved[i], NULL, 0);
    }
}

static void show_attributes(void)
{
    // The id of a volatile key is the library's choice.
    int chosen = PSA_KEY_LIFETIME_IS_VOLATILE(psa_get_key_lifetime(&attributes));
    printf(" {0x%x,%zu,0x%x,%s", (unsigned)psa_get_key_type(&attributes), psa_get_key_bits(&attributes),
           (unsigned)psa_get_key_lifetime(&attributes), chosen ? "volatile" : "");
    if (!chosen) {
        printf("0x%x", (unsigned)psa_get_key_id(&attributes));
    }
    printf(",0x%x,0x%x}", (unsigned)psa_get_key_usage_flags(&attributes), (unsigned)psa_get_key_algorithm(&attributes));
}

static void show_output(void)
{
    printf(" %zu:", out_length);
    for (size_t i = 0; i < out_length && i < out_size; i++) {
        printf("%02x", (unsigned)out[i]);
    }
    if (out_saved != NULL) {
        copy(out_saved, out, out_length < out_size ? out_length : out_size);
    }
}

static int room_overrun(void)
{
    for (size_t i = 0; out != NULL && i < GUARD; i++) {
        if (out[out_size + i] != UNTOUCHED) {
            return 1;
        }
    }
    return 0;
}

#define CALL(function, ...) \
    else if (strcmp(name, #function) == 0) { status = function(__VA_ARGS__); }
#define K(i) key_in[i]
#define N(i) number[i]
#define ALG(i) (psa_algorithm_t) number[i]
#define STEP (psa_key_derivation_step_t) number[0]
#define IN(i) in[i].data, in[i].length
#define OUT out, out_size, &out_length
#define FILL out, out_size
#define HASH(i) &hashes[operation[i]]
#define MAC &macs[operation[0]]
#define CIPHER &ciphers[operation[0]]
#define KDF &derivations[operation[0]]

static int is_fill(const char *name)
{
    return strcmp(name, "psa_generate_random") == 0 || strcmp(name, "psa_key_derivation_output_bytes") == 0;
}

static psa_status_t call(const char *name)
{
    psa_status_t status = PSA_SUCCESS;
    if (strcmp(name, "attributes") == 0) {
        // The setters and getters alone.
    } else if (strcmp(name, "psa_crypto_init") == 0) {
        status = psa_crypto_init();
    }
    CALL(psa_get_key_attributes, K(0), &attributes)
    CALL(psa_import_key, &attributes, IN(0), &made)
    CALL(psa_generate_key, &attributes, &made)
    CALL(psa_copy_key, K(0), &attributes, &made)
    CALL(psa_destroy_key, K(0))
    CALL(psa_purge_key, K(0))
    CALL(psa_export_key, K(0), OUT)
    CALL(psa_export_public_key, K(0), OUT)
    CALL(psa_hash_compute, ALG(0), IN(0), OUT)
    CALL(psa_hash_compare, ALG(0), IN(0), IN(1))
    CALL(psa_hash_setup, HASH(0), ALG(0))
    CALL(psa_hash_update, HASH(0), IN(0))
    CALL(psa_hash_finish, HASH(0), OUT)
    CALL(psa_hash_verify, HASH(0), IN(0))
    CALL(psa_hash_abort, HASH(0))
    CALL(psa_hash_clone, HASH(0), HASH(1))
    CALL(psa_mac_compute, K(0), ALG(0), IN(0), OUT)
    CALL(psa_mac_verify, K(0), ALG(0), IN(0), IN(1))
    CALL(psa_mac_sign_setup, MAC, K(0), ALG(0))
    CALL(psa_mac_verify_setup, MAC, K(0), ALG(0))
    CALL(psa_mac_update, MAC, IN(0))
    CALL(psa_mac_sign_finish, MAC, OUT)
    CALL(psa_mac_verify_finish, MAC, IN(0))
    CALL(psa_mac_abort, MAC)
    CALL(psa_cipher_encrypt, K(0), ALG(0), IN(0), OUT)
    CALL(psa_cipher_decrypt, K(0), ALG(0), IN(0), OUT)
    CALL(psa_cipher_encrypt_setup, CIPHER, K(0), ALG(0))
    CALL(psa_cipher_decrypt_setup, CIPHER, K(0), ALG(0))
    CALL(psa_cipher_generate_iv, CIPHER, OUT)
    CALL(psa_cipher_set_iv, CIPHER, IN(0))
    CALL(psa_cipher_update, CIPHER, IN(0), OUT)
    CALL(psa_cipher_finish, CIPHER, OUT)
    CALL(psa_cipher_abort, CIPHER)
    CALL(psa_aead_encrypt, K(0), ALG(0), IN(0), IN(1), IN(2), OUT)
    CALL(psa_aead_decrypt, K(0), ALG(0), IN(0), IN(1), IN(2), OUT)
    CALL(psa_key_derivation_setup, KDF, ALG(0))
    CALL(psa_key_derivation_get_capacity, KDF, &out_length)
    CALL(psa_key_derivation_set_capacity, KDF, N(0))
    CALL(psa_key_derivation_input_bytes, KDF, STEP, IN(0))
    CALL(psa_key_derivation_input_key, KDF, STEP, K(0))
    CALL(psa_key_derivation_key_agreement, KDF, STEP, K(0), IN(0))
    CALL(psa_key_derivation_output_bytes, KDF, FILL)
    CALL(psa_key_derivation_output_key, &attributes, KDF, &made)
    CALL(psa_key_derivation_abort, KDF)
    CALL(psa_sign_message, K(0), ALG(0), IN(0), OUT)
    CALL(psa_verify_message, K(0), ALG(0), IN(0), IN(1))
    CALL(psa_sign_hash, K(0), ALG(0), IN(0), OUT)
    CALL(psa_verify_hash, K(0), ALG(0), IN(0), IN(1))
    CALL(psa_asymmetric_encrypt, K(0), ALG(0), IN(0), IN(1), OUT)
    CALL(psa_asymmetric_decrypt, K(0), ALG(0), IN(0), IN(1), OUT)
    CALL(psa_raw_key_agreement, ALG(0), K(0), IN(0), OUT)
    CALL(psa_generate_random, FILL)
    else { broken("no such call", name); }
    return status;
}

static void run(const char *name)
{
    psa_status_t status = call(name);
    if (key_out != NULL) {
        *key_out = made;
    }
    printf("%d", (int)status);
    if (key_out != NULL) {
        printf(made != 0 ? " key" : " null");
    }
    if (out_saved != NULL) {
        copy(out_saved, NULL, 0);
    }
    if (status == PSA_SUCCESS && strstr(name, "attributes") != NULL) {
        show_attributes();
    } else if (status == PSA_SUCCESS && strcmp(name, "psa_key_derivation_get_capacity") == 0) {
        printf(out_length == SIZE_MAX ? " max" : " %zu", out_length);
    } else if (status == PSA_SUCCESS && out_size + out_length > 0) {
        out_length = is_fill(name) ? out_size : out_length;
        show_output();
    }
    if (room_overrun()) {
        printf(" overrun");
    }
}

int main(void)
{
    static char line[LONGEST];
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = 0;
        char *list = line + strcspn(line, " ");
        if (*list != 0) {
            *list++ = 0;
        }
        if (strcmp(line, "end") == 0) {
            printf("end\n");
            fflush(stdout);
        } else if (strcmp(line, "reset") == 0) {
            reset();
        } else {
            operands(list);
            run(line);
            putchar('\n');
        }
    }
    return 0;
}
