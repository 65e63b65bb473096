package io.multijob.servo.kubernetes;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Where the API server is and who we are to it.
public sealed interface ClusterAccess {

  /// As the files say, merged as `kubectl` merges them: the first that says a thing counts.
  record Kubeconfig(List<Path> files) implements ClusterAccess {
    public Kubeconfig {
      files = List.copyOf(files);
    }
  }

  /// As the service account of the pod that we are. Its token is read anew for each request: the
  /// kubelet replaces it before it expires.
  ///
  /// @param account the folder with `token`, `namespace` and `ca.crt`; without a `ca.crt` the
  ///   authorities that the system trusts count
  record ServiceAccount(URI server, Path account) implements ClusterAccess {}

  /// Where the kubelet puts a pod's service account
  /// ([documentation](https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/)).
  Path ACCOUNT_FOLDER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  /// The first there is of: the files in `KUBECONFIG`, `~/.kube/config`, the pod's service account.
  ///
  /// @param environment the process's, or what stands for it
  /// @throws IOException if there is none of them; the message says what was looked for
  static ClusterAccess find(Map<String, String> environment) throws IOException {
    return find(environment, ACCOUNT_FOLDER);
  }

  /// As [#find(Map)], with the service account's folder at another place.
  static ClusterAccess find(Map<String, String> environment, Path account) throws IOException {
    String kubeconfig = environment.getOrDefault("KUBECONFIG", "");
    if (!kubeconfig.isBlank()) {
      return named(kubeconfig);
    }
    Path usual = Path.of(environment.getOrDefault("HOME", "/"), ".kube", "config");
    if (Files.isReadable(usual)) {
      return new Kubeconfig(List.of(usual));
    }
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    if (!host.isEmpty() && Files.isReadable(account.resolve("token"))) {
      String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
      String literal = host.contains(":") ? "[" + host + "]" : host;
      return new ServiceAccount(URI.create("https://" + literal + ":" + port), account);
    }
    throw new IOException(
        "no cluster to watch: KUBECONFIG is not set, there is no "
            + usual
            + ", and no service account at "
            + account);
  }

  private static Kubeconfig named(String kubeconfig) throws IOException {
    List<Path> files =
        Arrays.stream(kubeconfig.split(File.pathSeparator))
            .filter(name -> !name.isBlank())
            .map(Path::of)
            .filter(Files::isReadable)
            .toList();
    if (files.isEmpty()) {
      throw new IOException("KUBECONFIG is " + kubeconfig + ", and that cannot be read");
    }
    return new Kubeconfig(files);
  }
}
