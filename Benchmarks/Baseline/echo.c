// The limit to compare with: a pair of plain C programs over pipes, which copies lines and parses nothing.
//
//   echo             the child: writes back every line
//   echo BYTES N W   the parent: starts the child, sends N lines of BYTES bytes, at most W of them unanswered, and prints
//                    the round trips in nanoseconds, one a line (W = 1), or the whole time (W > 1). With a fourth
//                    argument, `apart`, each of the two has a core of its own, as two busy programs have: on one core
//                    they only take turns, and no core has to be woken.
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void write_all(int fd, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(fd, bytes, count);
        if (written <= 0) exit(1);
        bytes += written;
        count -= (size_t)written;
    }
}

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void use_core(int core) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(core, &cores);
    sched_setaffinity(0, sizeof cores, &cores);
}

static char buffer[1 << 20];

// Writes back whole buffers: lines stay lines.
static int child(void) {
    ssize_t count;
    while ((count = read(0, buffer, sizeof buffer)) > 0) write_all(1, buffer, (size_t)count);
    return 0;
}

// Reads until `lines` line feeds have come.
static void await_lines(int fd, int lines) {
    while (lines > 0) {
        ssize_t count = read(fd, buffer, sizeof buffer);
        if (count <= 0) exit(1);
        for (char *p = buffer; (p = memchr(p, '\n', (size_t)(buffer + count - p))) != NULL; p++) lines--;
    }
}

int main(int argc, char **argv) {
    if (argc < 4) return child();
    size_t bytes = strtoul(argv[1], NULL, 10);
    int count = atoi(argv[2]), window = atoi(argv[3]);
    int apart = argc > 4;
    int down[2], up[2];
    long long start = now();
    if (pipe(down) || pipe(up)) return 1;
    pid_t pid = fork();
    if (apart) use_core(pid == 0);
    if (pid == 0) {
        dup2(down[0], 0);
        dup2(up[1], 1);
        close(down[0]), close(down[1]), close(up[0]), close(up[1]);
        execl("/proc/self/exe", "echo", (char *)NULL);
        _exit(127);
    }
    close(down[0]), close(up[1]);
    char *line = malloc(bytes);
    memset(line, 'x', bytes);
    line[bytes - 1] = '\n';
    write_all(down[1], line, bytes);
    await_lines(up[0], 1);
    fprintf(stderr, "%lld\n", now() - start);
    start = now();
    for (int sent = 0; sent < count; sent += window) {
        long long begin = now();
        for (int i = 0; i < window; i++) write_all(down[1], line, bytes);
        await_lines(up[0], window);
        if (window == 1) printf("%lld\n", now() - begin);
    }
    if (window > 1) printf("%lld\n", now() - start);
    close(down[1]);
    waitpid(pid, NULL, 0);
    return 0;
}
