package io.multijob.servo.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Duration;

/// The requests that list and watch pods ([API
/// concepts](https://kubernetes.io/docs/reference/using-api/api-concepts/)).
final class PodRequests {
  private static final int PAGE = 500;
  private static final String ONE_TIME = "fieldSelector=spec.restartPolicy%3DNever";

  /// Only a cluster that has initializers knows this, and others take no notice of it.
  private static final String ALL = "includeUninitialized=true";

  private final Scope scope;
  private final String selection;

  private PodRequests(Scope scope, String selection) {
    this.scope = scope;
    this.selection = selection;
  }

  static PodRequests ofOneTimePods(Scope scope) {
    return new PodRequests(scope, ONE_TIME);
  }

  /// Of all pods, those among them that wait for their initializers.
  static PodRequests ofAllPods(Scope scope) {
    return new PodRequests(scope, ALL);
  }

  Scope scope() {
    return scope;
  }

  /// The first page of a list, as of now.
  String firstPage() {
    return whole() + "&limit=" + PAGE;
  }

  String nextPage(String continueToken) {
    return firstPage() + "&continue=" + URLEncoder.encode(continueToken, UTF_8);
  }

  /// The whole list in one answer: for a cluster that forgets its pages faster than we read them.
  String whole() {
    return scope.path() + "?" + selection;
  }

  /// What happens after `version`, for `length` at most.
  String watch(String version, Duration length) {
    return whole()
        + "&watch=true&allowWatchBookmarks=true&timeoutSeconds="
        + length.toSeconds()
        + "&resourceVersion="
        + URLEncoder.encode(version, UTF_8);
  }
}
