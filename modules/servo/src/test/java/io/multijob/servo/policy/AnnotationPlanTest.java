package io.multijob.servo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class AnnotationPlanTest {
  private static final String A = PolicyNotes.SETTINGS_PREFIX + "a";
  private static final String B = PolicyNotes.SETTINGS_PREFIX + "b";
  private static final String C = PolicyNotes.SETTINGS_PREFIX + "c";
  private static final String OTHER = "example.com/other";
  private static final String TEN = "0123456789";

  /// What one of these annotations takes.
  private static final int ONE = A.length() + TEN.length();

  @Test
  void changesWhatIsDifferentAndNothingElse() {
    AnnotationPlan plan =
        plan(Map.of(A, "1", B, "2", OTHER, "x"), Map.of(A, "1", B, "3", C, ""), 10_000);

    assertThat(plan.changes()).containsExactly(Map.entry(B, "3"));
  }

  @Test
  void takesAwayWhatIsVoid() {
    AnnotationPlan plan = plan(Map.of(A, "1", B, "2"), Map.of(A, ""), 10_000);

    assertThat(plan.changes()).containsExactly(Map.entry(A, ""));
  }

  @Test
  void letsGoFirstWhatNobodyWasToldOfSinceTheStart() {
    AnnotationPlan plan =
        plan(Map.of(A, TEN, B, TEN, OTHER, TEN), Map.of(C, TEN), 2 * ONE + OTHER.length() + 10, A);

    assertThat(plan.oldest()).containsExactly(B);
    assertThat(plan.changes()).containsOnly(Map.entry(B, ""), Map.entry(C, TEN));
  }

  @Test
  void letsGoWhatWasToldLongestAgo() {
    AnnotationPlan plan = plan(Map.of(A, TEN, B, TEN), Map.of(C, TEN), 2 * ONE, B, A, C);

    assertThat(plan.oldest()).containsExactly(B);
  }

  @Test
  void refusesWhatHasNoRoomWhereNothingCanGo() {
    AnnotationPlan plan =
        plan(Map.of(OTHER, TEN), Map.of(A, TEN, B, TEN), OTHER.length() + 10 + ONE);

    assertThat(plan.oldest()).isEmpty();
    assertThat(plan.refused()).containsExactly(A);
    assertThat(plan.changes()).containsOnly(Map.entry(B, TEN));
  }

  @Test
  void letsGoNothingOfOthers() {
    AnnotationPlan plan = plan(Map.of(OTHER, TEN), Map.of(A, TEN), 5);

    assertThat(plan.refused()).containsExactly(A);
    assertThat(plan.changes()).isEmpty();
  }

  @Test
  void countsBytesAndNotLetters() {
    AnnotationPlan plan = plan(Map.of(), Map.of(A, "ä".repeat(10)), ONE);

    assertThat(plan.refused()).containsExactly(A);
  }

  private static AnnotationPlan plan(
      Map<String, String> present, Map<String, String> wanted, int bound, String... told) {
    SequencedSet<String> known = new LinkedHashSet<>(List.of(told));
    return AnnotationPlan.of(new TreeMap<>(present), new TreeMap<>(wanted), known, bound);
  }
}
