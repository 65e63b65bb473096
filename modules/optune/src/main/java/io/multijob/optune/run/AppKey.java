package io.multijob.optune.run;

/// Names an app: app ids are unique within an account.
///
/// @param account whose servo reports the app
/// @param appId what the servo's app-id path led to
public record AppKey(String account, String appId) {

  private static final int MAX_LENGTH = 1_024;

  public AppKey {
    check("account", account);
    check("app id", appId);
  }

  private static void check(String what, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("the " + what + " is empty");
    }
    if (value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "the " + what + " is longer than " + MAX_LENGTH + " characters");
    }
  }
}
