package io.multijob.servo.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.servo.injection.PodmonImage.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodmonImageTest {

  @ParameterizedTest
  @CsvSource({
    "podmon, PODMON",
    "registry.example.com:5000/optune/podmon:1.0, PODMON",
    "localhost/podmon-jvm, PODMON",
    "localhost/our-podmon:1, PODMON",
    "localhost/Podmon@sha256:4f1d, PODMON",
    "registry.k8s.io/pause:3.10, SLEEPER",
    "podmon.example.com/pause, SLEEPER",
    "example.com/podmon/pause:1, SLEEPER",
    "example.com/pause:podmon, SLEEPER",
    "opsani/pod-mon:latest, SLEEPER",
  })
  void isToldByTheLastPartOfTheRepository(String name, Kind kind) {
    assertThat(PodmonImage.of(name)).isEqualTo(new PodmonImage(name, kind));
  }

  @Test
  void hasAName() {
    assertThatThrownBy(() -> new PodmonImage(" ", Kind.SLEEPER))
        .hasMessage("an image without a name");
  }
}
