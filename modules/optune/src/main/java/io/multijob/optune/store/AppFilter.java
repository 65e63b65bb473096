package io.multijob.optune.store;

import io.multijob.optune.run.AppKey;

/// Whose runs are asked for.
public sealed interface AppFilter {

  /// Every app's.
  record All() implements AppFilter {}

  /// Those of the app with this id, in whichever accounts there is one.
  record Named(String appId) implements AppFilter {}

  /// Those of one app.
  record Exactly(AppKey app) implements AppFilter {}
}
