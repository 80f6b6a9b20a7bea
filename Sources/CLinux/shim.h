// Calls of Linux that Swift's Glibc module leaves out, because the C headers show them only with _GNU_SOURCE.
#ifndef PINGSHEN_CLINUX_H
#define PINGSHEN_CLINUX_H

#include <sys/resource.h>
#include <sys/types.h>

/// A pipe whose ends close themselves in programs that other threads start at the same moment.
int pipe2(int ends[2], int flags);

/// Sets a limit of a running process.
int prlimit(pid_t process, int resource, const struct rlimit *limit, struct rlimit *old);

/// A descriptor to wake a thread that waits in poll.
int eventfd(unsigned int count, int flags);

/// For fcntl: how many bytes a pipe holds.
static const int PINGSHEN_SET_PIPE_SIZE = 1031;

#endif
