package io.multijob.sandbox.run.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Cases of Kubernetes' own table.
final class ExpansionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          $(A)             | x
          a-$(A)-$(B)      | a-x-$(A)
          $(C)             | $(C)
          $$(A)            | $(A)
          $$$(A)           | $x
          $$$$(A)          | $$(A)
          kill $$          | kill $
          kill $$$$        | kill $$
          $A ${A} $(A      | $A ${A} $(A
          $(date +%s)      | $(date +%s)
          """)
  void replacesReferencesToVariables(String text, String expected) {
    assertThat(Expansion.expand(text, Map.of("A", "x", "B", "$(A)"))).isEqualTo(expected);
  }
}
