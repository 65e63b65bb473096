package io.multijob.protocol;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the events of an app go: a template in which `{acct}` stands for the account and
/// `{app_id}` for the app id, each as one path segment.
///
/// Its messages never quote the template, which may hold a secret in its query.
public final class ServiceUrl {
  public static final String DEFAULT_TEMPLATE =
      "https://us-central1-optune-saas-collect.cloudfunctions.net/metrics/{acct}/{app_id}/servo";

  /// The app id of what concerns the servo itself.
  public static final String GLOBAL_APP_ID = "_global_";

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
  private static final String ACCOUNT = "{acct}";
  private static final String APP_ID = "{app_id}";

  private final String template;

  private ServiceUrl(String template) {
    this.template = template;
  }

  /// The URLs that come of a template.
  ///
  /// @param template an absolute http or https URL
  /// @param account empty if there is none
  /// @throws IllegalArgumentException if the template is no such URL, has other placeholders or a
  ///   user name, or asks for an account where there is none
  public static ServiceUrl parse(String template, String account) {
    requireKnownPlaceholders(template);
    if (template.contains(ACCOUNT) && account.isEmpty()) {
      throw new IllegalArgumentException("it contains {acct}, but there is no account");
    }
    var url = new ServiceUrl(template.replace(ACCOUNT, PathSegment.encode(account)));
    requireHttp(url.global());
    return url;
  }

  /// Where the events of one app go.
  ///
  /// @param appId not empty
  public URI of(String appId) {
    if (appId.isEmpty()) {
      throw new IllegalArgumentException("the app id is empty");
    }
    try {
      return new URI(template.replace(APP_ID, PathSegment.encode(appId)));
    } catch (URISyntaxException e) {
      // without its cause, whose message quotes the URL
      throw new IllegalArgumentException("it is not a URL: " + e.getReason());
    }
  }

  /// Where events about the servo itself go.
  public URI global() {
    return of(GLOBAL_APP_ID);
  }

  /// The template with the account in it, and without its query, which may hold a secret.
  @Override
  public String toString() {
    int query = template.indexOf('?');
    return query < 0 ? template : template.substring(0, query) + "?...";
  }

  private static void requireKnownPlaceholders(String template) {
    Matcher placeholder = PLACEHOLDER.matcher(template);
    while (placeholder.find()) {
      if (!placeholder.group().equals(ACCOUNT) && !placeholder.group().equals(APP_ID)) {
        throw new IllegalArgumentException(
            "it contains " + placeholder.group() + ", only {acct} and {app_id} are known");
      }
    }
  }

  private static void requireHttp(URI url) {
    String scheme = url.getScheme();
    if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
      throw new IllegalArgumentException("it should begin with http:// or https://");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException("it has no host name");
    }
    if (url.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "it should hold no user name or password: the token is a setting of its own");
    }
    if (url.getFragment() != null) {
      throw new IllegalArgumentException("it should have no fragment (#)");
    }
  }
}
