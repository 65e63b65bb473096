package io.multijob.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class AnnotationsTest {

  @Test
  void theKnownComeFirstAndTheOthersByName() {
    var annotations =
        new Annotations(
            Map.of("zone", "1", "source", "status", "area", "2", "resources", "{}", "pod", "p"));

    assertThat(annotations.values().keySet())
        .containsExactly("resources", "pod", "source", "area", "zone");
  }

  @Test
  void givesWhatIsThere() {
    Annotations annotations = Annotations.of(Map.of(Annotation.REASON, "Evicted"));

    assertThat(annotations.get(Annotation.REASON)).hasValue("Evicted");
    assertThat(annotations.get(Annotation.NODE)).isEmpty();
    assertThat(annotations.with(Annotation.REASON, "Error").get(Annotation.REASON))
        .hasValue("Error");
  }

  @Test
  void anExitCodeIsAWholeNumber() {
    assertThatThrownBy(() -> Annotations.NONE.with(Annotation.EXITCODE, "one"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("exitcode should be a whole number, found 'one'");
  }
}
