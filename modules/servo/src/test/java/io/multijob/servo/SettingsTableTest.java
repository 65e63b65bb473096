package io.multijob.servo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SettingsTableTest {

  @Test
  void hasARowForEachSetting() {
    String table = SettingsTable.markdown();

    assertThat(table)
        .startsWith("| setting | default | |\n|---|---|---|\n| `OPTUNE_URL` | `https://");
    assertThat(table.lines()).hasSize(2 + Setting.values().length);
    assertThat(table)
        .contains("| `STATS_DEADLINE` | `30s` | How long")
        .contains("parted by `\\|`;");
    assertThat(table.lines())
        .allMatch(row -> row.replace("\\|", "").chars().filter(c -> c == '|').count() == 4);
  }

  @Test
  void fitsATerminal() {
    String text = SettingsTable.text();

    assertThat(text).startsWith("OPTUNE_URL          Where reports go; {acct} and {app_id}");
    assertThat(text).contains("STATS_DEADLINE      ").contains("(30s)");
    assertThat(text.lines()).allMatch(line -> line.length() <= 80 || line.contains("https://"));
  }
}
