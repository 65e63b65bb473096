package io.multijob.servo.watch;

import tools.jackson.core.JsonParser;

/// Makes of a pod, while it is read, what is wanted of it.
interface PodForm<T> {

  JsonValues values();

  /// Reads the object at whose start the parser stands, and leaves it at its end.
  ApiObject<T> read(JsonParser parser);
}
