package io.multijob.servo.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/// A log line for a person: `21:04:05.678 INFO Run is over pod=default/x reason=Completed`.
final class TextLines extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(120);
    TIME.formatTo(event.getInstant(), line);
    line.append(' ').append("%-5s".formatted(event.getLevel())).append(' ');
    line.append(event.getFormattedMessage());
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      String separator = "  ";
      for (KeyValuePair pair : pairs) {
        line.append(separator).append(pair.key).append('=').append(quoted(pair.value));
        separator = " ";
      }
    }
    line.append('\n');
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.append(ThrowableProxyUtil.asString(thrown));
    }
    return line.toString();
  }

  /// As it is, or in quotes where a reader could not see where it ends; never more than one line.
  private static String quoted(Object value) {
    String text = String.valueOf(value).replace("\n", "\\n").replace("\r", "\\r");
    return text.isEmpty() || text.contains(" ") ? '"' + text.replace("\"", "\\\"") + '"' : text;
  }
}
