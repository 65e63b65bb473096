package io.multijob.servo.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.multijob.servo.kubernetes.ClusterAccess.Kubeconfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The client library's way to an API server, which knows all that a kubeconfig can ask for: helper
/// programs, several files, proxies.
final class LibraryAccess {
  private LibraryAccess() {}

  /// Makes the client. Nothing is sent before the first request.
  ///
  /// @throws IOException if the files cannot be read or understood
  static Connection connect(Kubeconfig kubeconfig, ServerTrust trust) throws IOException {
    try {
      Config said = configOf(kubeconfig.files());
      Config config =
          new ConfigBuilder(said)
              .withTrustCerts(trust == ServerTrust.ANYONE || said.isTrustCerts())
              .withDisableHostnameVerification(
                  trust == ServerTrust.ANYONE || said.isDisableHostnameVerification())
              .withHttp2Disable(true)
              .withConnectionTimeout(Connection.CONNECT_MILLIS)
              .withRequestRetryBackoffLimit(0)
              .withUserAgent(Connection.USER_AGENT)
              .build();
      return new Connection(
          new JdkHttpClientFactory().newBuilder(config).build(),
          config.getMasterUrl().replaceFirst("/+$", ""),
          namespaceOf(config),
          TokenSource.NONE);
    } catch (KubernetesClientException | IllegalArgumentException e) {
      throw new IOException(
          String.valueOf(e.getMessage()), e.getCause() == null ? e : e.getCause());
    }
  }

  /// The library merges the files that the process's environment names, and only those.
  private static Config configOf(List<Path> files) throws IOException {
    if (files.size() == 1) {
      return Config.fromKubeconfig(files.getFirst().toFile());
    }
    List<Path> ofTheProcess = new ArrayList<>();
    Config.getKubeconfigFilenames().forEach(name -> ofTheProcess.add(Path.of(name)));
    if (!ofTheProcess.containsAll(files)) {
      throw new IOException("several files are merged only from the process's own KUBECONFIG");
    }
    return Config.autoConfigure(null);
  }

  private static String namespaceOf(Config config) {
    String namespace = config.getNamespace();
    return namespace == null || namespace.isBlank() ? "default" : namespace;
  }
}
