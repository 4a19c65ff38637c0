/* Lines on stderr for people. Called with the transport's lock held. */
#include "h5sm_report.h"

#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

static unsigned told;

/* Text from the environment or from the other side must not drive a terminal. */
static char printable(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f ? '?' : c;
}

/* Appends what fits and keeps room for the newline. */
static size_t append(char *line, size_t size, size_t used, const char *text)
{
    for (; *text != '\0' && used + 1 < size; text++) {
        line[used++] = printable(*text);
    }
    return used;
}

void h5sm_report(h5sm_cause_t cause, const char *const *parts)
{
    static char line[640];
    if ((told & 1u << cause) != 0) {
        return;
    }
    told |= 1u << cause;
    size_t used = append(line, sizeof line, 0, "h5sm: ");
    for (; *parts != NULL; parts++) {
        used = append(line, sizeof line, used, *parts);
    }
    line[used++] = '\n';
    // One write, so that lines of several threads or processes stay whole; a closed stderr is nobody's error.
    ssize_t written = write(STDERR_FILENO, line, used);
    (void)written;
}

void h5sm_all_is_well(void)
{
    told = 0;
}
