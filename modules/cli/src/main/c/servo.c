/*
 * The servo command where there is no shell: in its image. Does what src/main/launcher/servo does;
 * Java's options were asked of that when the image was made, and lie in files beside this.
 * SERVO_HEAP bounds the heap, SERVO_JAVA_OPTIONS adds to Java's flags, parted by blanks.
 */

#define HOME "/opt/servo"

#if defined(__x86_64__)
enum { WRITE = 1, EXECVE = 59, EXIT = 60 };
__asm__(".globl _start\n_start:\n  mov %rsp, %rdi\n  and $-16, %rsp\n  call begin\n");
#elif defined(__aarch64__)
enum { WRITE = 64, EXECVE = 221, EXIT = 93 };
__asm__(".globl _start\n_start:\n  mov x0, sp\n  bl begin\n");
#else
#error "servo.c knows x86-64 and arm64"
#endif

enum { ERROR_STREAM = 2, CANNOT_EXECUTE = 126, MOST_ARGUMENTS = 1024, LONGEST_TEXT = 16384 };

static char *arguments[MOST_ARGUMENTS + 1]; /* the last stays null */
static int argument_count;
static char text[LONGEST_TEXT];
static int text_length;

static long call(long number, long a, long b, long c) {
#if defined(__x86_64__)
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c)
                   : "rcx", "r11", "memory");
  return result;
#else
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
  return x0;
#endif
}

__attribute__((noreturn)) static void fail(const char *message) {
  long length = 0;
  while (message[length] != 0) {
    length++;
  }
  call(WRITE, ERROR_STREAM, (long)message, length);
  for (;;) {
    call(EXIT, CANNOT_EXECUTE, 0, 0);
  }
}

static void add(char *argument) {
  if (argument_count == MOST_ARGUMENTS) {
    fail("servo: too many arguments\n");
  }
  arguments[argument_count++] = argument;
}

static void append(char character) {
  if (text_length == LONGEST_TEXT) {
    fail("servo: SERVO_HEAP or SERVO_JAVA_OPTIONS is too long\n");
  }
  text[text_length++] = character;
}

/* Adds a flag: what is given, up to a blank or the end. Returns where that is. */
static const char *add_word(const char *prefix, const char *word) {
  add(text + text_length);
  while (*prefix != 0) {
    append(*prefix++);
  }
  while (*word != 0 && *word != ' ') {
    append(*word++);
  }
  append(0);
  return word;
}

static int equal(const char *one, const char *other) {
  while (*one != 0 && *one == *other) {
    one++;
    other++;
  }
  return *one == *other;
}

/* The value of a variable; empty where there is none. */
static const char *variable(char **environment, const char *name) {
  for (; *environment != 0; environment++) {
    const char *at = *environment;
    const char *wanted = name;
    while (*wanted != 0 && *at == *wanted) {
      at++;
      wanted++;
    }
    if (*wanted == 0 && *at == '=') {
      return at + 1;
    }
  }
  return "";
}

/* The stack as the kernel leaves it: the count of arguments, these, null, the environment, null. */
__attribute__((noreturn, used)) void begin(long *stack) {
  long count = *stack;
  char **given = (char **)(stack + 1);
  char **environment = given + count + 1;
  int runs = count > 1 && equal(given[1], "run");

  add(HOME "/java/bin/java");
  add(runs ? "@" HOME "/run.args" : "@" HOME "/other.args");
  const char *heap = variable(environment, "SERVO_HEAP");
  if (*heap != 0) {
    add_word("-Xmx", heap);
  }
  const char *options = variable(environment, "SERVO_JAVA_OPTIONS");
  while (*options != 0) {
    options = *options == ' ' ? options + 1 : add_word("", options);
  }
  add("@" HOME "/jar.args");
  for (int i = 1; i < count; i++) {
    add(given[i]);
  }
  call(EXECVE, (long)arguments[0], (long)arguments, (long)environment);
  fail("servo: " HOME "/java/bin/java cannot be started\n");
}
