package io.multijob.servo.restraint;

import io.multijob.servo.pod.Pod;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The API server refused a pod of this owner, and said why.
///
/// The words are those of Kubernetes' admission plugins: [resource
/// quota](https://kubernetes.io/docs/concepts/policy/resource-quotas/),
/// [LimitRanger](https://kubernetes.io/docs/concepts/policy/limit-range/), [Pod
/// Security](https://kubernetes.io/docs/concepts/security/pod-security-admission/), webhooks and
/// validation.
///
/// @param message such as `Error creating: pods "a-x7v" is forbidden: exceeded quota: ...`
record Refusal(ObjectRef owner, String message) {
  private static final Pattern QUOTA = Pattern.compile("exceeded quota:.*?requested: (.*?), used:");
  private static final Pattern RESOURCE_OF_QUOTA = Pattern.compile("(^|[.,])(cpu|memory)=");
  private static final Pattern LIMIT_RANGE =
      Pattern.compile("(cpu|memory) (usage|max limit to request ratio) per (container|pod) is");
  private static final Pattern DENIAL =
      Pattern.compile("denied (?:the )?request\\b(.*)", Pattern.DOTALL);
  private static final Pattern RESOURCE_WORDS =
      Pattern.compile("\\b(cpu|memory|limits?|requests?|resources?|quota|ratio|qos)\\b");
  private static final Pattern INJECTION_WORDS =
      Pattern.compile(
          "image|registry|signature|signed|digest|sidecar|init ?container|volume|host ?path"
              + "|securitycontext|security context|privileged|runas|root|capabilit|seccomp");
  private static final Pattern ENVIRONMENT_WORDS = Pattern.compile("\\benv\\b|environment");

  /// Which of the changes that were `made` to the pod the reason names: none, when it was not
  /// refused for our sake; all of them, when it may be any.
  Set<Change> concerns(Set<Change> made) {
    Set<Change> named = named(message.toLowerCase(Locale.ROOT), made);
    named.retainAll(made);
    return named;
  }

  private static Set<Change> named(String text, Set<Change> made) {
    if (text.contains(Pod.MONITOR) || text.contains("hostpath")) {
      return EnumSet.of(Change.INJECTION);
    }
    Matcher quota = QUOTA.matcher(text);
    if (quota.find()) {
      return RESOURCE_OF_QUOTA.matcher(quota.group(1)).find() ? any() : none();
    }
    if (LIMIT_RANGE.matcher(text).find()) {
      return any();
    }
    Matcher denial = DENIAL.matcher(text);
    if (denial.find()) {
      return byWords(denial.group(1).replaceFirst("^[: ]+", ""));
    }
    return text.contains(" is invalid: ") ? byPath(text, made) : none();
  }

  /// What an admission webhook or policy said, in words of its own.
  private static Set<Change> byWords(String words) {
    if (words.isBlank() || words.contains("without explanation")) {
      return any();
    }
    Set<Change> named = none();
    if (RESOURCE_WORDS.matcher(words).find()) {
      named.addAll(any());
    }
    if (INJECTION_WORDS.matcher(words).find()) {
      named.add(Change.INJECTION);
    }
    if (ENVIRONMENT_WORDS.matcher(words).find()) {
      named.add(Change.ADJUSTMENT);
    }
    return named;
  }

  /// What validation named by its path. Podmon may be the last of the regular containers, too.
  private static Set<Change> byPath(String text, Set<Change> made) {
    if (text.contains("spec.initcontainers[") || text.contains("spec.volumes[")) {
      return EnumSet.of(Change.INJECTION);
    }
    if (text.contains("spec.containers[")) {
      return EnumSet.of(made.contains(Change.ADJUSTMENT) ? Change.ADJUSTMENT : Change.INJECTION);
    }
    return none();
  }

  private static Set<Change> any() {
    return EnumSet.allOf(Change.class);
  }

  private static Set<Change> none() {
    return EnumSet.noneOf(Change.class);
  }
}
