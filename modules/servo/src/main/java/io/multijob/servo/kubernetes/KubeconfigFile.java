package io.multijob.servo.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// One [kubeconfig](https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/) file, read for
/// the access that its current context gives.
///
/// @param file whose folder relative paths start from
/// @param cluster of the current context
/// @param user of the current context
record KubeconfigFile(Path file, String namespace, YamlObject cluster, YamlObject user) {
  private static final String DATA = "-data";

  /// What a plain access can say of the server. `insecure-skip-tls-verify`, `proxy-url` and what
  /// later versions add are for the library.
  private static final Set<String> PLAIN_CLUSTER =
      Set.of("server", "certificate-authority", "certificate-authority-data", "extensions");

  /// What it can say of us. Helper programs, passwords and impersonation are for the library.
  private static final Set<String> PLAIN_USER =
      Set.of(
          "client-certificate",
          "client-certificate-data",
          "client-key",
          "client-key-data",
          "token",
          "tokenFile",
          "extensions");

  /// @throws IOException if it cannot be read or is no YAML
  static KubeconfigFile read(Path file) throws IOException {
    try {
      YamlObject root = YamlObject.parse(Files.readString(file, UTF_8));
      YamlObject context = named(root, "contexts", root.text("current-context"), "context");
      return new KubeconfigFile(
          file,
          context.text("namespace"),
          named(root, "clusters", context.text("cluster"), "cluster"),
          named(root, "users", context.text("user"), "user"));
    } catch (YamlEngineException e) {
      throw new IOException(file + " is no YAML: " + e.getMessage(), e);
    }
  }

  /// The access, if it is a plain one.
  ///
  /// @throws IOException if a file that it names cannot be read, or a certificate or key understood
  Optional<PlainAccess> access() throws IOException {
    boolean plain =
        cluster.text("server").startsWith("http")
            && PLAIN_CLUSTER.containsAll(cluster.names())
            && PLAIN_USER.containsAll(user.names());
    if (!plain) {
      return Optional.empty();
    }
    String authorities = dataOrFile(cluster, "certificate-authority");
    return Optional.of(
        new PlainAccess(
            cluster.text("server").replaceFirst("/+$", ""),
            namespace.isBlank() ? "default" : namespace,
            authorities.isEmpty() ? List.of() : Pem.certificates(authorities),
            certificates(),
            tokens()));
  }

  private List<ClientCertificate> certificates() throws IOException {
    String chain = dataOrFile(user, "client-certificate");
    return chain.isEmpty()
        ? List.of()
        : List.of(ClientCertificate.parse(chain, dataOrFile(user, "client-key")));
  }

  /// A token's own file comes before the token, and this file is read anew for the token in it.
  private TokenSource tokens() {
    if (!user.text("tokenFile").isEmpty()) {
      Path tokenFile = file.resolveSibling(user.text("tokenFile"));
      return () -> Files.readString(tokenFile, UTF_8).strip();
    }
    return user.text("token").isEmpty() ? TokenSource.NONE : () -> read(file).user().text("token");
  }

  /// What is written here in Base64 comes before a file that is named.
  private String dataOrFile(YamlObject of, String name) throws IOException {
    String data = of.text(name + DATA);
    try {
      if (!data.isEmpty()) {
        return new String(Base64.getMimeDecoder().decode(data), UTF_8);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(name + DATA + " is no Base64: " + e.getMessage(), e);
    }
    String named = of.text(name);
    return named.isEmpty() ? "" : Files.readString(file.resolveSibling(named), UTF_8);
  }

  private static YamlObject named(YamlObject root, String list, String name, String kind) {
    return root.objects(list).stream()
        .filter(entry -> entry.text("name").equals(name))
        .findFirst()
        .map(entry -> entry.object(kind))
        .orElse(YamlObject.EMPTY);
  }
}
