package io.multijob.sandbox.api.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Key;
import io.multijob.sandbox.api.object.Resource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

final class ObjectStoreTest {
  private static final Key P1 = new Key("default", "p1");

  private final ObjectStore store = new ObjectStore(4);

  @Test
  void eachWriteMakesOneRevision() {
    long before = store.snapshot().revision();

    Stored first = put("p1");
    Stored second = put("p1");

    assertThat(first.revision()).isEqualTo(before + 1);
    assertThat(second.revision()).isEqualTo(before + 2);
    assertThat(Json.text(second.toJson(), "metadata", "resourceVersion"))
        .isEqualTo(Long.toString(before + 2));
  }

  @Test
  void aTransactionThatFailsLeavesNothing() {
    long before = store.snapshot().revision();

    assertThatThrownBy(() ->
            store.write(transaction -> {
              transaction.put(Resource.PODS, pod("p1"));
              throw new IllegalStateException("half way");
            }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(store.snapshot().revision()).isEqualTo(before);
    assertThat(store.snapshot().get(Resource.PODS, P1)).isEmpty();
  }

  @Test
  void aRehearsalLeavesNothing() {
    Stored rehearsed = store.rehearse(transaction -> transaction.put(Resource.PODS, pod("p1")));

    assertThat(rehearsed.key()).isEqualTo(P1);
    assertThat(store.snapshot().get(Resource.PODS, P1)).isEmpty();
  }

  @Test
  void remembersWhatHappened() {
    long added = put("p1").revision();
    long modified = put("p1").revision();
    long deleted = store.write(transaction -> transaction.remove(Resource.PODS, P1)).revision();

    assertThat(store.change(added)).isInstanceOf(Change.Added.class);
    assertThat(store.change(modified)).isInstanceOf(Change.Modified.class);
    assertThat(store.change(deleted)).isInstanceOf(Change.Deleted.class);
    assertThat(Json.text(store.change(deleted).object().toJson(), "metadata", "resourceVersion"))
        .isEqualTo(Long.toString(deleted));
  }

  @Test
  void showsTheStateAtARevisionOfBefore() {
    long then = put("p1").revision();
    put("p2");

    Snapshot past = store.snapshotAt(then);

    assertThat(past.objects(Resource.PODS).size()).isEqualTo(1);
    assertThat(store.snapshot().objects(Resource.PODS).size()).isEqualTo(2);
  }

  @Test
  void forgetsTheOldestChanges() {
    long first = put("p1").revision();
    for (int i = 0; i < 4; i++) {
      put("p1");
    }

    assertThatThrownBy(() -> store.change(first))
        .hasMessageStartingWith("too old resource version");
    assertThatThrownBy(() -> store.snapshotAt(first)).isInstanceOf(ApiError.class);
    store.requireChangesAfter(first);
    assertThatThrownBy(() -> store.requireChangesAfter(first - 1)).isInstanceOf(ApiError.class);
  }

  @Test
  void compactionForgetsAllButTheState() {
    put("p1");
    long last = put("p2").revision();

    store.compact();

    store.requireChangesAfter(last);
    assertThat(store.snapshotAt(last).objects(Resource.PODS).size()).isEqualTo(2);
    assertThatThrownBy(() -> store.requireChangesAfter(last - 1))
        .isInstanceOfSatisfying(
            ApiError.class, error -> assertThat(error.status().code()).isEqualTo(410));
  }

  @Test
  void aRevisionToComeIsNotThereYet() {
    assertThatThrownBy(() -> store.snapshotAt(99))
        .isInstanceOfSatisfying(
            ApiError.class, error -> assertThat(error.status().code()).isEqualTo(504));
  }

  @Test
  void knowsWhatBelongsToWhat() {
    ObjectNode pod = pod("p1");
    Json.list(Json.child(pod, "metadata"), "ownerReferences").addObject().put("uid", "owner");
    store.write(transaction -> transaction.put(Resource.PODS, pod));

    store.write(transaction -> {
      assertThat(transaction.dependents("owner")).containsExactly(new Ref(Resource.PODS, P1));
      transaction.remove(Resource.PODS, P1);
      assertThat(transaction.dependents("owner")).isEmpty();
      return P1;
    });
  }

  @Test
  @Timeout(10)
  void aWriteWakesWhoWaits() throws Exception {
    long revision = store.snapshot().revision();
    Thread writer = Thread.ofVirtual().start(() -> put("p1"));

    boolean come = store.awaitAfter(revision, TimeUnit.SECONDS.toNanos(9));

    writer.join();
    assertThat(come).isTrue();
  }

  @Test
  void waitingEndsWithItsTime() throws Exception {
    assertThat(store.awaitAfter(store.snapshot().revision(), 1_000)).isFalse();
  }

  private Stored put(String name) {
    return store.write(transaction -> transaction.put(Resource.PODS, pod(name)));
  }

  private static ObjectNode pod(String name) {
    ObjectNode pod = Json.object();
    pod.putObject("metadata").put("namespace", "default").put("name", name).put("uid", name);
    return pod;
  }
}
