package io.multijob.servo.webhook;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the API server finds our webhook.
public sealed interface Destination {
  /// Under which pods are sent to us.
  String PATH = "/mutate";

  /// A service of the cluster, by its port 443.
  record Service(String namespace, String name) implements Destination {
    private static final Pattern NAMED =
        Pattern.compile("([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)/([a-z]([-a-z0-9]{0,61}[a-z0-9])?)");

    /// Reads `NAMESPACE/NAME`.
    ///
    /// @throws IllegalArgumentException if it is something else
    public static Service parse(String text) {
      Matcher matcher = NAMED.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "expected NAMESPACE/NAME such as optune/servo, found \"" + text + '"');
      }
      return new Service(matcher.group(1), matcher.group(3));
    }
  }

  /// Any host that the API server reaches, in the cluster or not.
  record Url(URI url) implements Destination {

    /// Reads a URL; one without a path gets ours. What an API server would refuse is refused.
    ///
    /// @throws IllegalArgumentException if it is not one by `https`, to a host, and nothing more
    public static Url parse(String text) {
      URI url;
      try {
        url = URI.create(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("not a URL: \"" + text + '"', e);
      }
      boolean plain =
          url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
      if (!"https".equalsIgnoreCase(url.getScheme()) || url.getHost() == null || !plain) {
        throw new IllegalArgumentException(
            "expected https://HOST[:PORT][/PATH], as an API server asks for it, found \""
                + text
                + '"');
      }
      String path = url.getRawPath();
      return new Url(path.isEmpty() || path.equals("/") ? url.resolve(PATH) : url);
    }
  }
}
