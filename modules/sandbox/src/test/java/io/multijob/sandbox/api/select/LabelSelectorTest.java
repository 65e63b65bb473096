package io.multijob.sandbox.api.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.sandbox.api.object.ApiError;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelSelectorTest {
  private static final Map<String, String> LABELS =
      Map.of("app", "web", "tier", "", "size", "12", "example.com/team", "a-b");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "app",
        "app=web",
        "app==web",
        " app = web , size",
        "app!=db",
        "missing!=db",
        "!missing",
        "tier=",
        "tier=,app",
        "app in (db, web)",
        "app notin (db)",
        "missing notin (db)",
        "size>11",
        "size<13",
        "example.com/team=a-b",
        "tier in ()",
        "tier in (,x)"
      })
  void selects(String selector) {
    assertThat(LabelSelector.parse(selector).matches(LABELS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "missing",
        "!app",
        "app=db",
        "app!=web",
        "app=",
        "app in (db)",
        "missing in (db)",
        "app notin (web,db)",
        "size>12",
        "size<12",
        "app>1",
        "missing<1",
        "app=web,missing"
      })
  void doesNotSelect(String selector) {
    assertThat(LabelSelector.parse(selector).matches(LABELS)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          app in (a         | unable to parse requirement: found '', expected: ',' or ')'
          app=a=b           | found '=', expected: ',' or 'end of string'
          app,              | found '', expected: !, identifier, or 'end of string'
          (app)             | found '(', expected: !, identifier, or 'end of string'
          app in (a=b)      | unable to parse requirement: found '=', expected: ',' or ')'
          """)
  void saysWhereItIsNoSelector(String selector, String message) {
    assertThatThrownBy(() -> LabelSelector.parse(selector))
        .isInstanceOf(ApiError.class)
        .hasMessage(message);
  }
}
