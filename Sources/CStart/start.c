#include <malloc.h>
#include <stddef.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

// With a stack of some pages, the libraries of Swift end the program without a word before its first line. So the stack is looked at before
// any of them begins: here, with a few hundred bytes of it.

// A call as deep as documents may be takes less.
static const rlim_t needed = 1 << 20;
// What most systems give.
static const rlim_t usual = 8 << 20;
// The exit code of the contract for what the machine lacks.
static const int lacks = 73;

static void say(const char *text) {
    if (write(STDERR_FILENO, text, strlen(text)) < 0) _exit(lacks);
}

static void say_number(unsigned long number) {
    char digits[24];
    char *start = digits + sizeof digits - 1;
    *start = 0;
    do *--start = (char)('0' + number % 10);
    while (number /= 10);
    say(start);
}

static const char *value_of(const char *name, char **environment) {
    const size_t length = strlen(name);
    for (; *environment; environment++) {
        if (strncmp(*environment, name, length) == 0 && (*environment)[length] == '=') return *environment + length + 1;
    }
    return "";
}

// As messages of the program have it: the first of these that says anything. (The library's own getenv has nothing to read yet.)
static int is_chinese(char **environment) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
        const char *value = value_of(names[index], environment);
        if (*value) return strncmp(value, "zh", 2) == 0;
    }
    return 0;
}

// Small blocks of memory are joined when they are freed. Kept apart, all of them are joined whenever a large one comes or goes, which took a
// twentieth of a batch.
__attribute__((constructor)) static void join_small_blocks(void) {
    mallopt(M_MXFAST, 0);
}

// Asks for more stack and starts the program anew, for a program gets what was allowed when it began.
static void look_at_stack(int count, char **arguments, char **environment) {
    (void)count;
    struct rlimit limit;
    if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur >= needed) return;
    const unsigned long allowed = (unsigned long)(limit.rlim_cur >> 10);
    limit.rlim_cur = limit.rlim_max < usual ? limit.rlim_max : usual;
    if (limit.rlim_cur >= needed && setrlimit(RLIMIT_STACK, &limit) == 0) {
        execve("/proc/self/exe", arguments, environment);
    }
    const int chinese = is_chinese(environment);
    say(chinese ? "错误：/proc/self/limits：只允许使用 " : "error: /proc/self/limits: only ");
    say_number(allowed);
    say(chinese ? " KiB 栈，需要 " : " KiB of stack are allowed, where ");
    say_number((unsigned long)(needed >> 10));
    say(chinese ? " KiB；请提高上限：ulimit -s unlimited\n" : " are needed; allow more: ulimit -s unlimited\n");
    _exit(lacks);
}

// Of a program's own functions these run first, before those of libraries.
__attribute__((section(".preinit_array"), used)) static void (*const first)(int, char **, char **) = look_at_stack;
