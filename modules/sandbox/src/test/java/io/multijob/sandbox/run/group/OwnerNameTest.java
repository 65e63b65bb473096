package io.multijob.sandbox.run.group;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OwnerNameTest {

  @Test
  void aLivingProcessIsNotStale() {
    assertThat(OwnerName.isStale(OwnerName.next())).isFalse();
  }

  @Test
  void twoSandboxesOfOneProcessHaveTheirOwn() {
    assertThat(OwnerName.next()).isNotEqualTo(OwnerName.next());
  }

  @Test
  void aProcessThatStartedAtAnotherTimeIsAnotherProcess() {
    String name = "servo-sandbox-%d-1-00ff".formatted(ProcessHandle.current().pid());

    assertThat(OwnerName.isStale(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"kubepods", "servo-sandbox-1", "servo-self-1", "my-servo-sandbox-1-1-00ff"})
  void theGroupsOfOthersAreLeftAlone(String name) {
    assertThat(OwnerName.isStale(name)).isFalse();
  }
}
