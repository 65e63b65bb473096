/*
 * Sleeps and ignores TERM: what keeps a pod until its grace period is over. Uses no CPU, and no
 * library: the kernel is called directly.
 */

#if defined(__x86_64__)
enum { RT_SIGACTION = 13, PPOLL = 271 };
#elif defined(__aarch64__)
enum { RT_SIGACTION = 134, PPOLL = 73 };
#else
#error "noterm knows x86-64 and arm64"
#endif

enum { SIGNAL_TERM = 15, IGNORE = 1, SIGNAL_SET_BYTES = 8 };

/* The kernel's struct sigaction; its order differs between architectures, its size is enough. */
struct action {
  unsigned long handler;
  unsigned long flags;
  unsigned long rest[2];
};

static long call(long number, long a, long b, long c, long d, long e) {
#if defined(__x86_64__)
  long result;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
                   : "rcx", "r11", "memory");
  return result;
#else
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  register long x4 __asm__("x4") = e;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
  return x0;
#endif
}

__attribute__((noreturn)) void _start(void) {
  struct action ignore = {IGNORE, 0, {0, 0}};
  call(RT_SIGACTION, SIGNAL_TERM, (long)&ignore, 0, SIGNAL_SET_BYTES, 0);
  for (;;) {
    call(PPOLL, 0, 0, 0, 0, SIGNAL_SET_BYTES); /* no files, no end: waits for a signal */
  }
}
