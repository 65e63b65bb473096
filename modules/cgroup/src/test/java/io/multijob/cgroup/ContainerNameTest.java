package io.multijob.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContainerNameTest {

  @ParameterizedTest
  @CsvSource({
    "4f1d2c9be07a, 4f1d2c9be07a",
    "cri-containerd-4f1d2c9be07a.scope, 4f1d2c9be07a",
    "crio-4f1d2c9be07a.scope, 4f1d2c9be07a",
    "docker-4f1d2c9be07a.scope, 4f1d2c9be07a",
    "sandbox-run-1, sandbox-run-1"
  })
  void isTheIdInEverySpelling(String group, String id) {
    assertThat(ContainerName.id(group)).contains(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "crio-conmon-4f1d2c9be07a.scope",
        "cgroup.procs",
        "memory.max_usage_in_bytes",
        "tasks",
        "notify_on_release",
        "release_agent"
      })
  void isNoContainersForWhatElseLiesInAPod(String name) {
    assertThat(ContainerName.id(name)).isEmpty();
  }
}
