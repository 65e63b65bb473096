package io.multijob.protocol;

/// An [Event] as JSON: `{"event": "<NAME>", "param": <object or null>}`.
public final class EventJson {

  private EventJson() {}

  /// The event as compact JSON; the same event gives the same text.
  public static String write(Event event) {
    return EventWriter.write(event);
  }

  /// The event in a document, whose unknown members are skipped.
  ///
  /// @throws ProtocolException if there is none in it
  public static Event read(byte[] json) {
    return EventReader.read(Document.parse(json));
  }
}
