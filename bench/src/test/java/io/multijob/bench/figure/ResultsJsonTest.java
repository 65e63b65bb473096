package io.multijob.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ResultsJsonTest {
  private final JsonNode json = new JsonMapper().readTree(ResultsJson.write(Examples.RESULTS));

  @Test
  void whatIsWrittenIsReadAgain() {
    assertThat(ResultsJson.read(ResultsJson.write(Examples.RESULTS))).isEqualTo(Examples.RESULTS);
  }

  @Test
  void figuresCanBeReadAlone() {
    assertThat(ResultsJson.readFigures(json.get("figures").toString()))
        .isEqualTo(Examples.RESULTS.figures());
  }

  @Test
  void saysOfWhatAndWhereItWasMeasured() {
    assertThat(json.get("commit").asString()).isEqualTo("abc1234");
    assertThat(json.get("tree").asString()).isEqualTo("clean");
    assertThat(json.get("at").asString()).isEqualTo("2026-11-22T23:59:59Z");
    assertThat(json.get("machine").get("memory_bytes").asLong()).isEqualTo(24_000_000_000L);
  }

  @Test
  void saysOfAFigureWhetherItsGoalIsMet() {
    JsonNode figures = json.get("figures");

    assertThat(figures.get(0).get("goal").get("at_least").asDouble()).isEqualTo(15_000);
    assertThat(figures.get(0).get("met").asBoolean()).isTrue();
    assertThat(figures.get(1).get("goal").get("at_most").asDouble()).isEqualTo(5);
    assertThat(figures.get(1).get("met").asBoolean()).isFalse();
    assertThat(figures.get(2).has("goal")).isFalse();
    assertThat(figures.get(2).has("met")).isFalse();
  }

  @Test
  void tellsWhatWasMeasuredFromWhatWasRecorded() {
    JsonNode beside = json.get("figures").get(1).get("beside");

    assertThat(beside.get(0).get("origin").asString()).isEqualTo("measured");
    assertThat(beside.get(1).get("origin").asString()).isEqualTo("recorded");
  }

  @Test
  void isNamedAfterItsDayAndCommit() {
    assertThat(Examples.RESULTS.name()).isEqualTo("2026-11-22-abc1234");
  }
}
