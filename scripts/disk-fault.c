/*
 * A disk that fails on demand, as a preload library (Linux). While the file DISK_FAULT_SWITCH holds a word, what is
 * written beside the path DISK_FAULT_FILE fails: `full` with ENOSPC, `error` with EIO, `read_only` with EROFS, where
 * files are no longer opened for writing either.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { MOST_HANDLES = 4096 };

static unsigned char watched[MOST_HANDLES];

static int (*real_open)(const char *, int, ...);

static int is_watched(const char *path) {
  const char *database = getenv("DISK_FAULT_FILE");
  return database != NULL && path != NULL && strncmp(path, database, strlen(database)) == 0;
}

/* The error that writing meets now; 0 for none. */
static int fault_now(void) {
  char word[16] = {0};
  int handle = real_open(getenv("DISK_FAULT_SWITCH"), O_RDONLY | O_CLOEXEC);
  if (handle < 0) return 0;
  ssize_t length = read(handle, word, sizeof word - 1);
  close(handle);
  if (length <= 0) return 0;
  if (strncmp(word, "full", 4) == 0) return ENOSPC;
  if (strncmp(word, "error", 5) == 0) return EIO;
  return strncmp(word, "read_only", 9) == 0 ? EROFS : 0;
}

static int fails(int handle) {
  if (handle < 0 || handle >= MOST_HANDLES || !watched[handle]) return 0;
  errno = fault_now();
  return errno != 0;
}

int open64(const char *path, int flags, ...) {
  if (!real_open) real_open = dlsym(RTLD_NEXT, "open64");
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  if (is_watched(path) && (flags & (O_RDWR | O_WRONLY)) && fault_now() == EROFS) {
    errno = EROFS;
    return -1;
  }
  int handle = real_open(path, flags, mode);
  if (handle >= 0 && handle < MOST_HANDLES) watched[handle] = is_watched(path);
  return handle;
}

int close(int handle) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "close");
  if (handle >= 0 && handle < MOST_HANDLES) watched[handle] = 0;
  return real(handle);
}

ssize_t pwrite64(int handle, const void *bytes, size_t length, off64_t offset) {
  static ssize_t (*real)(int, const void *, size_t, off64_t);
  if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
  return fails(handle) ? -1 : real(handle, bytes, length, offset);
}

int fsync(int handle) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fsync");
  return fails(handle) ? -1 : real(handle);
}

int fdatasync(int handle) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
  return fails(handle) ? -1 : real(handle);
}

int ftruncate64(int handle, off64_t length) {
  static int (*real)(int, off64_t);
  if (!real) real = dlsym(RTLD_NEXT, "ftruncate64");
  return fails(handle) ? -1 : real(handle, length);
}
