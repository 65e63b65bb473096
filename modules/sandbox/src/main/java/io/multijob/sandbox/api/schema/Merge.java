package io.multijob.sandbox.api.schema;

/// How a strategic merge patch changes a list.
///
/// @see <a
///   href="https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md">
///   Strategic merge patch</a>
public sealed interface Merge {

  /// The patch's list takes the place of the old one.
  record Replace() implements Merge {}

  /// The patch's values are added to the old ones.
  record Union() implements Merge {}

  /// Elements with the same `key` are merged; the rest is kept, new ones are added.
  record ByKey(String key) implements Merge {}
}
