package io.multijob.servo;

import java.util.Arrays;
import java.util.stream.Collectors;

/// All settings of the servo, for people: the one list that the documentation and the command's
/// help show.
public final class SettingsTable {
  private static final int WIDTH = 59;
  private static final String INDENT = " ".repeat(20);

  private SettingsTable() {}

  /// A table in Markdown.
  public static String markdown() {
    return Arrays.stream(Setting.values())
        .map(setting ->
            "| `%s` | %s | %s |\n"
                .formatted(setting, standard(setting), setting.meaning().replace("|", "\\|")))
        .collect(Collectors.joining("", "| setting | default | |\n|---|---|---|\n", ""));
  }

  /// A list for a terminal of 80 columns; only an address is not broken.
  public static String text() {
    StringBuilder text = new StringBuilder();
    for (Setting setting : Setting.values()) {
      String meaning = setting.meaning().replace("`", "");
      String standard = setting.standard().isEmpty() ? "" : " (" + setting.standard() + ")";
      text.append("%-20s".formatted(setting)).append(wrapped(meaning + standard)).append('\n');
    }
    return text.toString();
  }

  private static String standard(Setting setting) {
    return setting.standard().isEmpty() ? "" : "`" + setting.standard() + "`";
  }

  private static String wrapped(String text) {
    StringBuilder lines = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        lines.append('\n').append(INDENT);
        column = 0;
      }
      if (column > 0) {
        lines.append(' ');
        column++;
      }
      lines.append(word);
      column += word.length();
    }
    return lines.toString();
  }
}
