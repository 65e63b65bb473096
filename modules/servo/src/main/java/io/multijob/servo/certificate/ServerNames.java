package io.multijob.servo.certificate;

import java.net.InetAddress;
import java.net.URI;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a server is called by those who connect to it: host names and addresses, lower case. This
/// machine's own loopback names are always among them.
record ServerNames(SequencedSet<String> names) {
  private static final List<String> ALWAYS = List.of("127.0.0.1", "localhost");

  private static final Pattern HOST = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

  /// Kinds of a certificate's names ([RFC 5280,
  /// 4.2.1.6](https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6)).
  private static final int DNS_NAME = 2;

  private static final int IP_ADDRESS = 7;

  /// Where nobody has said how we are reached.
  static final ServerNames LOOPBACK = of(List.of());

  /// What is no name of a host is left out: nobody can connect to it.
  static ServerNames of(Collection<String> names) {
    TreeSet<String> all = new TreeSet<>(ALWAYS);
    for (String name : names) {
      canonical(name.toLowerCase(Locale.ROOT)).ifPresent(all::add);
    }
    return new ServerNames(all);
  }

  /// The names by which a cluster reaches a service
  /// ([documentation](https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/)).
  static List<String> ofService(String namespace, String name) {
    String host = name + "." + namespace + ".svc";
    return List.of(host, host + ".cluster.local");
  }

  /// The host in a URL; none where it has none.
  static List<String> ofUrl(String url) {
    try {
      String host = URI.create(url).getHost();
      return host == null ? List.of() : List.of(host.replaceAll("[\\[\\]]", ""));
    } catch (IllegalArgumentException e) {
      return List.of(); // not one that an API server would connect to
    }
  }

  /// Those that the certificate is good for.
  static ServerNames of(X509Certificate certificate) {
    TreeSet<String> names = new TreeSet<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
        Object kind = alternative.get(0);
        if (kind.equals(DNS_NAME) || kind.equals(IP_ADDRESS)) {
          names.add(String.valueOf(alternative.get(1)));
        }
      }
    } catch (CertificateParsingException e) {
      return new ServerNames(names); // good for nothing then
    }
    return new ServerNames(names);
  }

  static boolean isAddress(String name) {
    return address(name).isPresent();
  }

  /// An address in the one form that certificates give back.
  private static Optional<String> canonical(String name) {
    return address(name).or(() -> Optional.of(name).filter(host -> HOST.matcher(host).matches()));
  }

  private static Optional<String> address(String name) {
    try {
      return Optional.of(InetAddress.ofLiteral(name).getHostAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return String.join(", ", names);
  }
}
