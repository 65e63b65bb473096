package io.multijob.sandbox.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.api.object.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class TreeTest {

  @Test
  void isASortedMapUnderAnyWrites() {
    Random random = new Random(7);
    NavigableSet<Key> expected = new TreeSet<>();
    Tree tree = Tree.EMPTY;
    for (int i = 0; i < 5_000; i++) {
      Key key = new Key("ns" + random.nextInt(5), "p" + random.nextInt(400));
      if (random.nextInt(3) == 0) {
        tree = tree.without(key);
        expected.remove(key);
      } else {
        tree = tree.with(object(key));
        expected.add(key);
      }
    }

    assertThat(keys(tree.after(new Key("", ""), ""))).containsExactlyElementsOf(expected);
    assertThat(tree.size()).isEqualTo(expected.size());
    for (Key key : List.of(new Key("", ""), new Key("ns2", "p3"), new Key("ns4", "x"))) {
      NavigableSet<Key> after = expected.tailSet(key, false);
      List<Key> inNamespace =
          after.stream().filter(k -> k.namespace().equals(key.namespace())).toList();
      assertThat(keys(tree.after(key, ""))).containsExactlyElementsOf(after);
      assertThat(tree.countAfter(key, "")).isEqualTo(after.size());
      if (!key.namespace().isEmpty()) {
        assertThat(keys(tree.after(key, key.namespace()))).isEqualTo(inNamespace);
        assertThat(tree.countAfter(key, key.namespace())).isEqualTo(inNamespace.size());
      }
    }
  }

  @Test
  void aChangeLeavesTheOldTreeAsItWas() {
    Tree before = Tree.EMPTY.with(object(new Key("a", "1"))).with(object(new Key("a", "2")));

    Tree after = before.without(new Key("a", "1")).with(object(new Key("b", "1")));

    assertThat(keys(before.after(new Key("", ""), "")))
        .containsExactly(new Key("a", "1"), new Key("a", "2"));
    assertThat(keys(after.after(new Key("", ""), "")))
        .containsExactly(new Key("a", "2"), new Key("b", "1"));
  }

  @Test
  void removingWhatIsNotThereChangesNothing() {
    Tree tree = Tree.EMPTY.with(object(new Key("a", "1")));

    assertThat(tree.without(new Key("a", "0")).size()).isEqualTo(1);
    assertThat(tree.get(new Key("a", "0"))).isEmpty();
  }

  private static List<Key> keys(Iterable<Stored> objects) {
    List<Key> keys = new ArrayList<>();
    objects.forEach(object -> keys.add(object.key()));
    return keys;
  }

  private static Stored object(Key key) {
    return new Stored(
        key, "uid", 1, new byte[0], new Stored.Traits(Map.of(), List.of(), List.of(), true));
  }
}
