package io.multijob.servo.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.servo.observe.TextFormat.Dress;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.DefaultLoggingEvent;
import org.slf4j.event.Level;

final class LineFormatTest {
  private static final Instant AT = Instant.parse("2026-11-22T22:31:05.123Z");
  private static final Logger LOGGER = LoggerFactory.getLogger("io.multijob.servo.Test");

  private final LineFormat text = new TextFormat(Dress.PLAIN);
  private final LineFormat json = new JsonFormat();

  @Test
  void aPersonReadsOneShortLine() {
    assertThat(
            text(
                Level.INFO,
                "Run is over",
                event -> {
                  event.addKeyValue("pod", "default/report-7x2");
                  event.addKeyValue("reason", "exit code 3");
                  event.addKeyValue("failures", 0);
                }))
        .isEqualTo(
            "22:31:05.123       Run is over  pod=default/report-7x2 reason=\"exit code 3\""
                + " failures=0\n");
  }

  @Test
  void levelsOtherThanInfoAreSaid() {
    assertThat(text(Level.WARN, "Hm", event -> {})).isEqualTo("22:31:05.123 WARN  Hm\n");
    assertThat(text(Level.ERROR, "Oh", event -> {})).isEqualTo("22:31:05.123 ERROR Oh\n");
    assertThat(text(Level.DEBUG, "So", event -> {})).isEqualTo("22:31:05.123 DEBUG So\n");
  }

  @Test
  void aValueCannotForgeALine() {
    assertThat(
            text(
                Level.INFO,
                "Hm",
                event -> {
                  event.addKeyValue("pod", "a\n22:31:05.123 ERROR forged \"x\" \u001b[2J");
                  event.addKeyValue("empty", "");
                  event.addKeyValue("nothing", null);
                }))
        .isEqualTo(
            "22:31:05.123       Hm  pod=\"a\\n22:31:05.123 ERROR forged \\\"x\\\" ?[2J\" empty=\"\""
                + " nothing=null\n");
  }

  @Test
  void aTerminalGetsColours() {
    DefaultLoggingEvent event = new DefaultLoggingEvent(Level.WARN, LOGGER);
    event.setMessage("Hm");
    event.addKeyValue("pod", "a");

    assertThat(new TextFormat(Dress.COLOURS).line(event, AT))
        .isEqualTo(
            "\u001b[2m22:31:05.123\u001b[0m \u001b[33mWARN \u001b[0m Hm  \u001b[2mpod=\u001b[0ma\n");
  }

  @Test
  void aMachineReadsKeysAsMembers() {
    assertThat(
            json(
                Level.INFO,
                "Run {} is over",
                event -> {
                  event.addArgument(7);
                  event.addKeyValue("pod", "a\n\"b\"");
                  event.addKeyValue("failures", 3);
                  event.addKeyValue("bytes", 1L << 40);
                  event.addKeyValue("ready", true);
                  event.addKeyValue("nothing", null);
                }))
        .isEqualTo(
            "{\"time\":\"2026-11-22T22:31:05.123Z\",\"level\":\"INFO\","
                + "\"logger\":\"io.multijob.servo.Test\",\"message\":\"Run 7 is over\","
                + "\"pod\":\"a\\n\\\"b\\\"\",\"failures\":3,\"bytes\":1099511627776,"
                + "\"ready\":true,\"nothing\":\"null\"}\n");
  }

  @Test
  void aFailureComesWithItsStackWhereAPersonMustAct() {
    IllegalStateException failure = new IllegalStateException("broken");

    assertThat(text(Level.ERROR, "Oh", event -> event.setThrowable(failure)))
        .startsWith("22:31:05.123 ERROR Oh\njava.lang.IllegalStateException: broken\n\tat ");
    assertThat(text(Level.WARN, "Hm", event -> event.setThrowable(failure)))
        .isEqualTo("22:31:05.123 WARN  Hm  error=\"java.lang.IllegalStateException: broken\"\n");
    assertThat(json(Level.ERROR, "Oh", event -> event.setThrowable(failure)))
        .contains("\"error\":\"java.lang.IllegalStateException: broken\\n\\tat ")
        .endsWith("}\n")
        .satisfies(line -> assertThat(line.lines()).hasSize(1));
  }

  private String text(Level level, String message, Consumer<DefaultLoggingEvent> more) {
    return text.line(event(level, message, more), AT);
  }

  private String json(Level level, String message, Consumer<DefaultLoggingEvent> more) {
    return json.line(event(level, message, more), AT);
  }

  private static DefaultLoggingEvent event(
      Level level, String message, Consumer<DefaultLoggingEvent> more) {
    DefaultLoggingEvent event = new DefaultLoggingEvent(level, LOGGER);
    event.setMessage(message);
    more.accept(event);
    return event;
  }
}
