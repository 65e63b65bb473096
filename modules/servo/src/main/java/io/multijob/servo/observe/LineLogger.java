package io.multijob.servo.observe;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.DefaultLoggingEvent;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.spi.LoggingEventAware;

/// A logger that writes each event as a line.
///
/// Thread-safe.
final class LineLogger extends LegacyAbstractLogger implements LoggingEventAware {
  private static final long serialVersionUID = 1L;

  private final transient LineLoggers loggers;

  LineLogger(String name, LineLoggers loggers) {
    this.name = name;
    this.loggers = loggers;
  }

  @Override
  public void log(LoggingEvent event) {
    loggers.write(event);
  }

  @Override
  public boolean isTraceEnabled() {
    return loggers.logs(name, Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return loggers.logs(name, Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return loggers.logs(name, Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return loggers.logs(name, Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return loggers.logs(name, Level.ERROR);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null; // nobody asks where in the source a line comes from
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String message,
      Object @Nullable [] arguments,
      @Nullable Throwable failure) {
    DefaultLoggingEvent event = new DefaultLoggingEvent(level, this);
    event.setMessage(message);
    if (arguments != null) {
      event.addArguments(arguments);
    }
    if (failure != null) {
      event.setThrowable(failure);
    }
    log(event);
  }
}
