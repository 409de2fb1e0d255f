/*
 * A power cut for SQLite, as a preload library (Linux). For the database named by POWER_CUT_FILE and its -wal it notes
 * every write, truncation, removal and sync in a log of this process's own (POWER_CUT_LOG), so that crash-power.ts can
 * tell what a disk would still hold after the current failed. Writes reach the file as well, for other processes read
 * them; a sync is noted and does no more.
 *
 * One entry: a header, then for a write its bytes. It is noted before it is done: what was noted but not done counts as
 * unsynced, which a disk may lose or keep. The clock is one for all processes of the machine, and orders their logs.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { WRITE = 1, TRUNCATE = 2, SYNC = 3, REMOVE = 4 };
enum { NONE = 0, DATABASE = 1, WAL = 2, MOST_HANDLES = 4096 };

struct entry {
  uint64_t at;
  uint32_t kind;
  uint32_t file;
  uint64_t offset;
  uint64_t length;
};

static unsigned char tracked[MOST_HANDLES];
static int log_handle = -1;
static ssize_t (*real_writev)(int, const struct iovec *, int);

static int file_of(const char *path) {
  const char *database = getenv("POWER_CUT_FILE");
  if (database == NULL || path == NULL) return NONE;
  size_t length = strlen(database);
  if (strncmp(path, database, length) != 0) return NONE;
  if (path[length] == '\0') return DATABASE;
  return strcmp(path + length, "-wal") == 0 ? WAL : NONE;
}

static int file_at(int handle) {
  return handle >= 0 && handle < MOST_HANDLES ? tracked[handle] : NONE;
}

static void note(int kind, int file, uint64_t offset, const void *bytes, uint64_t length) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  struct entry head = {(uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec, kind, file, offset, length};
  struct iovec parts[2] = {{&head, sizeof head}, {(void *)bytes, length}};
  if (log_handle < 0) {
    int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open64");
    log_handle = real_open(getenv("POWER_CUT_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    real_writev = dlsym(RTLD_NEXT, "writev");
  }
  ssize_t whole = sizeof head + (bytes ? length : 0);
  if (log_handle < 0 || real_writev(log_handle, parts, bytes ? 2 : 1) != whole) abort();
}

int open64(const char *path, int flags, ...) {
  static int (*real)(const char *, int, ...);
  if (!real) real = dlsym(RTLD_NEXT, "open64");
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  int handle = real(path, flags, mode);
  if (handle >= 0 && handle < MOST_HANDLES) tracked[handle] = file_of(path);
  return handle;
}

int close(int handle) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "close");
  if (handle >= 0 && handle < MOST_HANDLES) tracked[handle] = NONE;
  return real(handle);
}

ssize_t pwrite64(int handle, const void *bytes, size_t length, off64_t offset) {
  static ssize_t (*real)(int, const void *, size_t, off64_t);
  if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
  int file = file_at(handle);
  if (file) note(WRITE, file, offset, bytes, length);
  return real(handle, bytes, length, offset);
}

int ftruncate64(int handle, off64_t length) {
  static int (*real)(int, off64_t);
  if (!real) real = dlsym(RTLD_NEXT, "ftruncate64");
  int file = file_at(handle);
  if (file) note(TRUNCATE, file, length, NULL, 0);
  return real(handle, length);
}

int fsync(int handle) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fsync");
  int file = file_at(handle);
  if (!file) return real(handle);
  note(SYNC, file, 0, NULL, 0);
  return 0;
}

int fdatasync(int handle) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
  int file = file_at(handle);
  if (!file) return real(handle);
  note(SYNC, file, 0, NULL, 0);
  return 0;
}

int unlink(const char *path) {
  static int (*real)(const char *);
  if (!real) real = dlsym(RTLD_NEXT, "unlink");
  int file = file_of(path);
  if (file) note(REMOVE, file, 0, NULL, 0);
  return real(path);
}
