package io.multijob.sandbox.api;

import java.util.List;

/// Which Kubernetes an [ApiServer] plays. Beside its version, only what depends on it here: an old
/// one may have initializers, and has no bookmarks.
///
/// @param minor of version 1
/// @param initializers what each new pod waits for, in this order, as an `InitializerConfiguration`
///   says; none where there are no initializers
/// @see <a
///   href="https://v1-13.docs.kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/">
///   Initializers</a>
public record Release(int minor, List<String> initializers) {
  private static final int FIRST_WITH_INITIALIZERS = 7;
  private static final int LAST_WITH_INITIALIZERS = 13;
  private static final int FIRST_WITH_BOOKMARKS = 15;

  /// One of today.
  public static final Release MODERN = new Release(34, List.of());

  public Release {
    initializers = List.copyOf(initializers);
    if (!initializers.isEmpty() && !hasInitializers(minor)) {
      throw new IllegalArgumentException("1." + minor + " has no initializers");
    }
  }

  boolean hasInitializers() {
    return hasInitializers(minor);
  }

  boolean hasBookmarks() {
    return minor >= FIRST_WITH_BOOKMARKS;
  }

  private static boolean hasInitializers(int minor) {
    return minor >= FIRST_WITH_INITIALIZERS && minor <= LAST_WITH_INITIALIZERS;
  }
}
