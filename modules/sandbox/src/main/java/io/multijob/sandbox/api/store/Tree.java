package io.multijob.sandbox.api.store;

import io.multijob.sandbox.api.object.Key;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Objects by key, in order. Immutable: a change makes a new tree that shares almost all of the old
/// one, so that a snapshot costs nothing and a reader needs no lock.
///
/// A treap: a search tree by key and a heap by a number drawn from the key's hash, so its depth is
/// logarithmic for any order of writes. Each node knows its size: how many objects come after a key
/// is found without walking over them.
public final class Tree {
  public static final Tree EMPTY = new Tree(null);

  private record Node(Stored object, int size, @Nullable Node left, @Nullable Node right) {
    Node(Stored object, @Nullable Node left, @Nullable Node right) {
      this(object, 1 + sizeOf(left) + sizeOf(right), left, right);
    }
  }

  /// A tree in two: what lies before a key and what after; the key itself is in neither.
  private record Halves(@Nullable Node before, @Nullable Node after) {}

  private final @Nullable Node root;

  private Tree(@Nullable Node root) {
    this.root = root;
  }

  public int size() {
    return sizeOf(root);
  }

  public Optional<Stored> get(Key key) {
    Node node = root;
    while (node != null) {
      int order = key.compareTo(node.object.key());
      if (order == 0) {
        return Optional.of(node.object);
      }
      node = order < 0 ? node.left : node.right;
    }
    return Optional.empty();
  }

  /// This tree with `object` in place of what had its key.
  public Tree with(Stored object) {
    return new Tree(insert(root, object));
  }

  public Tree without(Key key) {
    return new Tree(remove(root, key));
  }

  /// How many objects come after `key`, in its namespace only unless `namespace` is empty.
  public int countAfter(Key key, String namespace) {
    // The first key that cannot be in the namespace: its name with the least character added.
    return namespace.isEmpty()
        ? countAfter(key)
        : countAfter(key) - countAfter(new Key(namespace + '\0', ""));
  }

  private int countAfter(Key key) {
    int count = 0;
    Node node = root;
    while (node != null) {
      if (key.compareTo(node.object.key()) < 0) {
        count += 1 + sizeOf(node.right);
        node = node.left;
      } else {
        node = node.right;
      }
    }
    return count;
  }

  /// The objects after `key`, in order, no further than its namespace unless `namespace` is empty.
  /// What lies before is not looked at.
  public Iterable<Stored> after(Key key, String namespace) {
    return namespace.isEmpty()
        ? () -> new Ascent(root, key)
        : () -> new NamespaceEnd(new Ascent(root, key), namespace);
  }

  /// The objects of one namespace, in order.
  public Iterable<Stored> in(String namespace) {
    return after(new Key(namespace, ""), namespace);
  }

  private static Node insert(@Nullable Node node, Stored object) {
    if (node == null) {
      return new Node(object, null, null);
    }
    int order = object.key().compareTo(node.object.key());
    if (order == 0) {
      return new Node(object, node.left, node.right);
    }
    if (priority(object.key()) > priority(node.object.key())) {
      Halves halves = split(node, object.key());
      return new Node(object, halves.before, halves.after);
    }
    return order < 0
        ? new Node(node.object, insert(node.left, object), node.right)
        : new Node(node.object, node.left, insert(node.right, object));
  }

  private static @Nullable Node remove(@Nullable Node node, Key key) {
    if (node == null) {
      return null;
    }
    int order = key.compareTo(node.object.key());
    if (order == 0) {
      return join(node.left, node.right);
    }
    return order < 0
        ? new Node(node.object, remove(node.left, key), node.right)
        : new Node(node.object, node.left, remove(node.right, key));
  }

  private static Halves split(@Nullable Node node, Key key) {
    if (node == null) {
      return new Halves(null, null);
    }
    if (key.compareTo(node.object.key()) < 0) {
      Halves halves = split(node.left, key);
      return new Halves(halves.before, new Node(node.object, halves.after, node.right));
    }
    Halves halves = split(node.right, key);
    return new Halves(new Node(node.object, node.left, halves.before), halves.after);
  }

  private static @Nullable Node join(@Nullable Node left, @Nullable Node right) {
    if (left == null) {
      return right;
    }
    if (right == null) {
      return left;
    }
    return priority(left.object.key()) > priority(right.object.key())
        ? new Node(left.object, left.left, join(left.right, right))
        : new Node(right.object, join(left, right.left), right.right);
  }

  private static int sizeOf(@Nullable Node node) {
    return node == null ? 0 : node.size;
  }

  /// The key's hash, mixed so that like keys are unlike (the finalizer of MurmurHash3).
  private static int priority(Key key) {
    int hash = key.hashCode();
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }

  /// The nodes from a key on, in order. On the way down to the next one, the stack holds those
  /// whose turn is still to come.
  private static final class Ascent implements Iterator<Stored> {
    private final Deque<Node> pending = new ArrayDeque<>();

    Ascent(@Nullable Node root, Key after) {
      Node node = root;
      while (node != null) {
        if (after.compareTo(node.object.key()) < 0) {
          pending.push(node);
          node = node.left;
        } else {
          node = node.right;
        }
      }
    }

    @Override
    public boolean hasNext() {
      return !pending.isEmpty();
    }

    @Override
    public Stored next() {
      Node node = pending.pop();
      for (Node next = node.right; next != null; next = next.left) {
        pending.push(next);
      }
      return node.object;
    }
  }

  /// Stops where the namespace ends.
  private static final class NamespaceEnd implements Iterator<Stored> {
    private final Iterator<Stored> objects;
    private final String namespace;
    private @Nullable Stored next;

    NamespaceEnd(Iterator<Stored> objects, String namespace) {
      this.objects = objects;
      this.namespace = namespace;
      advance();
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Stored next() {
      if (next == null) {
        throw new NoSuchElementException("no more objects in " + namespace);
      }
      Stored current = next;
      advance();
      return current;
    }

    private void advance() {
      next = null;
      if (objects.hasNext()) {
        Stored candidate = objects.next();
        if (candidate.key().namespace().equals(namespace)) {
          next = candidate;
        }
      }
    }
  }
}
