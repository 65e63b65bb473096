package io.multijob.servo.admission;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.multijob.servo.conversation.Agreement;
import io.multijob.servo.pod.AppId;
import io.multijob.servo.pod.PodMarks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What was agreed of pods that have just been seen. The API server shows a pod again after another
/// webhook has changed it, with another request and often without a name: it is known by a note on
/// it, and is not spoken of twice. The note of another pod, as in a manifest that was copied, means
/// nothing once it is forgotten.
///
/// Thread-safe. Bounded: the last ones.
final class Talks {
  private static final int MOST = 4_096;

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final SequencedMap<String, Talk> talks = new LinkedHashMap<>();

  private record Talk(AppId app, Agreement agreed) {}

  /// What was agreed of this pod a moment ago. The note of another app's pod says nothing: what is
  /// agreed is for one app alone.
  Optional<Agreement> recall(AppId app, JsonNode pod) {
    String id = pod.path("metadata").path("annotations").path(PodMarks.CONVERSATION).asString("");
    if (id.isEmpty()) {
      return Optional.empty();
    }
    lock.lock();
    try {
      return Optional.ofNullable(talks.get(id))
          .filter(talk -> talk.app().equals(app))
          .map(Talk::agreed);
    } finally {
      lock.unlock();
    }
  }

  /// Remembers what was agreed, by a note on the pod as it is wanted.
  void note(AppId app, ObjectNode wanted, Agreement agreed) {
    String id = UUID.randomUUID().toString();
    wanted.withObject("metadata").withObject("annotations").put(PodMarks.CONVERSATION, id);
    lock.lock();
    try {
      talks.put(id, new Talk(app, agreed));
      while (talks.size() > MOST) {
        Map.Entry<String, Talk> _ = talks.pollFirstEntry();
      }
    } finally {
      lock.unlock();
    }
  }
}
