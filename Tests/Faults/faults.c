/* Lets the Nth call of a program to the file system fail, end short, or meet a signal.
 *
 * Loaded with LD_PRELOAD. It counts the calls that casecheck, SQLite, Foundation and libxlsxwriter make on
 * what lies below FAULT_BELOW (folders, with : between them), and on standard output and error under the name
 * "say", and notes each in FAULT_LOG as "number name path". Its own notes go past it, by syscall(2).
 *
 *   FAULT_AT      the number of the call that is met, from 1; absent: none, they are only counted
 *   FAULT_HOW     error, lasting, short, signal
 *   FAULT_NUMBER  the errno of `error` and `lasting`, the signal of `signal`
 *   FAULT_PAUSE   for how many milliseconds the call waits behind the signal, so that notice is taken of it there
 *   FAULT_NAMES   the names that `lasting` meets from FAULT_AT on, with : around each
 *   FAULT_CLOCK   the time of day, in seconds since 1970, whatever the system's clock says
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static atomic_long calls;
static const char *below, *names, *how = "";
static long at, number, rest;
static int note = -1;

__attribute__((constructor)) static void begin(void) {
    const char *text;
    below = getenv("FAULT_BELOW");
    names = getenv("FAULT_NAMES");
    if ((text = getenv("FAULT_AT"))) at = atol(text);
    if ((text = getenv("FAULT_HOW"))) how = text;
    if ((text = getenv("FAULT_NUMBER"))) number = atol(text);
    if ((text = getenv("FAULT_PAUSE"))) rest = atol(text);
    if ((text = getenv("FAULT_LOG")))
        note = (int)syscall(SYS_openat, AT_FDCWD, text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int is_below(const char *path) {
    const char *folder = below;
    while (folder && *folder) {
        const char *end = strchrnul(folder, ':');
        if (!strncmp(path, folder, (size_t)(end - folder))) return 1;
        folder = *end ? end + 1 : end;
    }
    return 0;
}

enum { go_on, fail, cut };

/* Counts a call and says what becomes of it; `errno` is set where it is to fail. */
static int met(const char *name, const char *path) {
    if (!below || !path || !is_below(path)) return go_on;
    long call = atomic_fetch_add(&calls, 1) + 1;
    if (note >= 0) {
        char line[PATH_MAX + 64];
        int length = snprintf(line, sizeof line, "%ld %s %s\n", call, name, path);
        syscall(SYS_write, note, line, (size_t)length);
    }
    if (!at) return go_on;
    if (!strcmp(how, "lasting")) {
        char with_marks[64];
        snprintf(with_marks, sizeof with_marks, ":%s:", name);
        if (call < at || !names || !strstr(names, with_marks)) return go_on;
        errno = (int)number;
        return fail;
    }
    if (call != at) return go_on;
    if (!strcmp(how, "short")) return cut;
    if (!strcmp(how, "signal")) {
        /* A stop to this thread: of one sent to the process another may take notice while this one goes on.
           All else to the process, as people send it: this thread may be one that takes no signals. */
        if (number == SIGSTOP) syscall(SYS_tgkill, (long)getpid(), syscall(SYS_gettid), number);
        else syscall(SYS_kill, (long)getpid(), number);
        struct timespec left = {rest / 1000, rest % 1000 * 1000000};
        while (rest && nanosleep(&left, &left)) {}
        return go_on;
    }
    errno = (int)number;
    return fail;
}

/* The same for an open file, by the name that the kernel knows it under. */
static int met_file(const char *name, int file) {
    int before = errno;
    char link[64], path[PATH_MAX];
    if (file == 1 || file == 2) return met("say", below);
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    errno = before;
    if (length < 0) return go_on;
    path[length] = 0;
    return met(name, path);
}

/* A relative path is taken as it is given: the tests name everything from the root, or from an open folder. */
static const char *full(const char *path) { return path ? path : ""; }

/* A path from an open folder on, by the name that the kernel knows the folder under. */
static const char *full_at(int folder, const char *path) {
    static _Thread_local char whole[PATH_MAX + NAME_MAX + 2];
    char link[64];
    int before = errno;
    if (!path || *path == '/' || folder == AT_FDCWD) return full(path);
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, whole, PATH_MAX);
    errno = before;
    if (length < 0) return full(path);
    snprintf(whole + length, sizeof whole - (size_t)length, "/%s", path);
    return whole;
}

#define REAL(name) \
    static typeof(&name) real; \
    if (!real) real = (typeof(&name))dlsym(RTLD_NEXT, #name)

/* A call that says -1 where it fails. */
#define CALL(result, name, parameters, arguments, meeting, noted) \
    result name parameters { \
        REAL(name); \
        if (meeting == fail) return -1; \
        return real arguments; \
    }

#define BY_FILE(result, name, parameters, arguments, noted) \
    CALL(result, name, parameters, arguments, met_file(noted, file), noted)
#define BY_PATH(result, name, parameters, arguments, noted) \
    CALL(result, name, parameters, arguments, met(noted, full(path)), noted)
#define BY_PLACE(result, name, parameters, arguments, noted) \
    CALL(result, name, parameters, arguments, met(noted, full_at(folder, path)), noted)

/* A call that may be cut to half of its bytes. */
#define PIECE(name, parameters, arguments, noted) \
    ssize_t name parameters { \
        REAL(name); \
        int meeting = met_file(noted, file); \
        if (meeting == fail) return -1; \
        if (meeting == cut && size > 1) size /= 2; \
        return real arguments; \
    }

PIECE(write, (int file, const void *bytes, size_t size), (file, bytes, size), "write")
PIECE(pwrite, (int file, const void *bytes, size_t size, off_t place), (file, bytes, size, place), "pwrite")
PIECE(pwrite64, (int file, const void *bytes, size_t size, off64_t place), (file, bytes, size, place), "pwrite")
PIECE(read, (int file, void *bytes, size_t size), (file, bytes, size), "read")
PIECE(pread, (int file, void *bytes, size_t size, off_t place), (file, bytes, size, place), "pread")
PIECE(pread64, (int file, void *bytes, size_t size, off64_t place), (file, bytes, size, place), "pread")
BY_FILE(ssize_t, writev, (int file, const struct iovec *parts, int count), (file, parts, count), "writev")
BY_FILE(ssize_t, readv, (int file, const struct iovec *parts, int count), (file, parts, count), "readv")
BY_FILE(int, fsync, (int file), (file), "fsync")
BY_FILE(int, fdatasync, (int file), (file), "fdatasync")
BY_FILE(int, ftruncate, (int file, off_t size), (file, size), "ftruncate")
BY_FILE(int, ftruncate64, (int file, off64_t size), (file, size), "ftruncate")
BY_FILE(int, fchmod, (int file, mode_t mode), (file, mode), "fchmod")
BY_FILE(int, flock, (int file, int what), (file, what), "flock")
BY_FILE(int, fstat, (int file, struct stat *status), (file, status), "fstat")
BY_FILE(int, fstat64, (int file, struct stat64 *status), (file, status), "fstat")
BY_PATH(int, mkdir, (const char *path, mode_t mode), (path, mode), "mkdir")
BY_PLACE(int, mkdirat, (int folder, const char *path, mode_t mode), (folder, path, mode), "mkdir")
BY_PATH(int, unlink, (const char *path), (path), "unlink")
BY_PLACE(int, unlinkat, (int folder, const char *path, int flags), (folder, path, flags), "unlink")
BY_PATH(int, rmdir, (const char *path), (path), "rmdir")
BY_PATH(int, symlink, (const char *target, const char *path), (target, path), "symlink")
BY_PATH(int, stat, (const char *path, struct stat *status), (path, status), "stat")
BY_PATH(int, stat64, (const char *path, struct stat64 *status), (path, status), "stat")
BY_PATH(int, lstat, (const char *path, struct stat *status), (path, status), "stat")
BY_PATH(int, lstat64, (const char *path, struct stat64 *status), (path, status), "stat")
BY_PLACE(int, fstatat, (int folder, const char *path, struct stat *status, int flags), (folder, path, status, flags), "stat")
BY_PLACE(int, fstatat64, (int folder, const char *path, struct stat64 *status, int flags), (folder, path, status, flags), "stat")
BY_PATH(int, access, (const char *path, int mode), (path, mode), "stat")
BY_PATH(int, rename, (const char *path, const char *to), (path, to), "rename")
BY_PLACE(int, renameat, (int folder, const char *path, int other, const char *to), (folder, path, other, to), "rename")
BY_PLACE(int, renameat2, (int folder, const char *path, int other, const char *to, unsigned flags), (folder, path, other, to, flags), "rename")

/* Linux closes the file whatever close(2) says. */
int close(int file) {
    REAL(close);
    if (met_file("close", file) == fail) {
        int error = errno;
        real(file);
        errno = error;
        return -1;
    }
    return real(file);
}

static const char *opening(int flags) {
    return flags & O_CREAT ? "create" : (flags & O_ACCMODE) != O_RDONLY ? "openw" : "open";
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        return met(opening(flags), full(path)) == fail ? -1 : real(path, flags, mode); \
    }
#define OPEN_AT(name) \
    int name(int folder, const char *path, int flags, ...) { \
        REAL(name); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        return met(opening(flags), full_at(folder, path)) == fail ? -1 : real(folder, path, flags, mode); \
    }
OPEN(open)
OPEN(open64)
OPEN_AT(openat)
OPEN_AT(openat64)

#define FOPEN(name) \
    FILE *name(const char *path, const char *mode) { \
        REAL(name); \
        return met(*mode == 'r' ? "fopen" : "fcreate", full(path)) == fail ? NULL : real(path, mode); \
    }
FOPEN(fopen)
FOPEN(fopen64)

DIR *opendir(const char *path) {
    REAL(opendir);
    return met("opendir", full(path)) == fail ? NULL : real(path);
}

DIR *fdopendir(int file) {
    REAL(fdopendir);
    return met_file("opendir", file) == fail ? NULL : real(file);
}

/* A FILE writes by calls within the C library that nothing outside it sees. */
static FILE *full_file;

/* From the one that fails on no more is written to this FILE, as on a disk that stays full. */
size_t fwrite(const void *bytes, size_t size, size_t count, FILE *file) {
    REAL(fwrite);
    if (met_file("fwrite", fileno(file)) == fail) full_file = file;
    if (file == full_file) {
        errno = ENOSPC;
        return 0;
    }
    return real(bytes, size, count, file);
}

int fclose(FILE *file) {
    REAL(fclose);
    if (file == full_file) full_file = NULL;
    if (met_file("fclose", fileno(file)) == fail) {
        int error = errno;
        real(file);
        errno = error;
        return EOF;
    }
    return real(file);
}

/* The system's clock, set to another day; what only measures how long something takes is left alone. */
static int is_set(struct timespec *now) {
    const char *text = getenv("FAULT_CLOCK");
    if (!text) return 0;
    now->tv_sec = atol(text);
    now->tv_nsec = 0;
    return 1;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    if (clock == CLOCK_REALTIME && is_set(now)) return 0;
    return (int)syscall(SYS_clock_gettime, clock, now);
}

time_t time(time_t *seconds) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (seconds) *seconds = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec exact;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}
