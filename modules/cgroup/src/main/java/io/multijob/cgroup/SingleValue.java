package io.multijob.cgroup;

/// A cgroup file that holds one whole number, such as `memory.peak` or `cpuacct.usage`.
final class SingleValue {

  private SingleValue() {}

  static long parse(String file, String text) {
    String value = text.strip();
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new CgroupFormatException(file, "expected one whole number, found '" + value + "'");
    }
  }
}
