package io.multijob.servo.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.servo.kubernetes.ClusterAccess.Kubeconfig;
import io.multijob.servo.kubernetes.ClusterAccess.ServiceAccount;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterAccessTest {
  @TempDir private Path home;

  @Test
  void theNamedFilesComeFirst() throws Exception {
    Path one = touch("one");
    Path two = touch("two");
    touch(".kube/config");
    String named = one + File.pathSeparator + home.resolve("missing") + File.pathSeparator + two;

    assertThat(find(Map.of("KUBECONFIG", named))).isEqualTo(new Kubeconfig(List.of(one, two)));
  }

  @Test
  void aNamedFileThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> find(Map.of("KUBECONFIG", "/nowhere/config")))
        .isInstanceOf(IOException.class)
        .hasMessage("KUBECONFIG is /nowhere/config, and that cannot be read");
  }

  @Test
  void thenTheUsualFile() throws Exception {
    Path usual = touch(".kube/config");
    touch("account/token");

    assertThat(find(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1")))
        .isEqualTo(new Kubeconfig(List.of(usual)));
  }

  @Test
  void thenThePodsServiceAccount() throws Exception {
    touch("account/token");

    assertThat(
            find(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "KUBERNETES_SERVICE_PORT", "6443")))
        .isEqualTo(
            new ServiceAccount(URI.create("https://10.0.0.1:6443"), home.resolve("account")));
    assertThat(find(Map.of("KUBERNETES_SERVICE_HOST", "fd00::1")))
        .isEqualTo(
            new ServiceAccount(URI.create("https://[fd00::1]:443"), home.resolve("account")));
  }

  @Test
  void otherwiseItSaysWhatWasLookedFor() {
    assertThatThrownBy(() -> find(Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "no cluster to watch: KUBECONFIG is not set, there is no %s/.kube/config, and no"
                + " service account at %s/account",
            home, home);
  }

  private ClusterAccess find(Map<String, String> environment) throws IOException {
    Map<String, String> withHome = new HashMap<>(environment);
    withHome.put("HOME", home.toString());
    return ClusterAccess.find(withHome, home.resolve("account"));
  }

  private Path touch(String name) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "x");
  }
}
