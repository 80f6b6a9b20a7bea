// Calls of Linux that Swift's Glibc module leaves out: the C headers show them only with _GNU_SOURCE, or not at all.
#ifndef PINGSHEN_CLINUX_H
#define PINGSHEN_CLINUX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/// A pipe whose ends close themselves in programs that other threads start at the same moment.
int pipe2(int ends[2], int flags);

/// Sets a limit of a running process.
int prlimit(pid_t process, int resource, const struct rlimit *limit, struct rlimit *old);

/// A descriptor to wake a thread that waits in poll.
int eventfd(unsigned int count, int flags);

/// Where bytes stand in others.
void *memmem(const void *haystack, size_t count, const void *needle, size_t needle_count);

/// How many processors this process may run on.
int get_nprocs(void);

/// For fcntl: how many bytes a pipe holds.
static const int PINGSHEN_SET_PIPE_SIZE = 1031;

/// For open: a descriptor to look at a file by, which does nothing to it.
static const int PINGSHEN_O_PATH = 010000000;

/// For pingshen_openat2: nothing above the folder, no link, no other file system.
static const uint64_t PINGSHEN_RESOLVE_BENEATH_ONLY = 0x08 | 0x04 | 0x02 | 0x01;

/// openat2, which glibc has no function for. Linux 5.6 and later; elsewhere it fails with ENOSYS.
static inline int pingshen_openat2(int folder, const char *path, uint64_t flags, uint64_t resolve) {
#ifdef SYS_openat2
    const long number = SYS_openat2;
#else
    const long number = 437;
#endif
    struct { uint64_t flags, mode, resolve; } how = {flags, 0, resolve};
    return (int)syscall(number, folder, path, &how, sizeof how);
}

/// The number of the file system that a file is of, 0 where that cannot be told.
static inline long pingshen_file_system(int descriptor) {
    struct statfs status;
    return fstatfs(descriptor, &status) == 0 ? (long)status.f_type : 0;
}

/// Gives two names to each other's files, at once. EINVAL where the file system cannot do that.
static inline int pingshen_exchange(int folder, const char *one, const char *other) {
    const unsigned int exchange = 1 << 1;
    return (int)syscall(SYS_renameat2, folder, one, folder, other, exchange);
}

#endif
