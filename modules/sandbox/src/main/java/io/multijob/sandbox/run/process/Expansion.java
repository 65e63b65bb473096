package io.multijob.sandbox.run.process;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Replaces `$(NAME)` by the variable's value, as the kubelet does in `command`, `args` and `env`:
/// what names no variable stays as it is, and `$$(NAME)` is a plain `$(NAME)`.
///
/// @see <a
///   href="https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/">
///   Define Dependent Environment Variables</a>
final class Expansion {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([^)]*)\\)");

  private Expansion() {}

  static String expand(String text, Map<String, String> variables) {
    return REFERENCE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(replacement(found, variables)));
  }

  private static String replacement(MatchResult found, Map<String, String> variables) {
    if (found.group().equals("$$")) {
      return "$";
    }
    return variables.getOrDefault(found.group(1), found.group());
  }
}
