package io.multijob.sandbox.api.registry;

import io.multijob.sandbox.api.object.Key;
import io.multijob.sandbox.api.object.Meta;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.store.Transaction;
import java.util.concurrent.ThreadLocalRandom;

/// A name made of `generateName` and five characters, without vowels so that no words come out.
final class GeneratedName {
  private static final String CHARACTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int RANDOM = 5;
  private static final int LONGEST_PREFIX = 63 - RANDOM;

  private GeneratedName() {}

  static String unused(Transaction transaction, Resource resource, Meta meta) {
    String wanted = meta.document().path("generateName").asString("");
    String prefix = wanted.substring(0, Math.min(wanted.length(), LONGEST_PREFIX));
    while (true) {
      String name = prefix + suffix();
      if (transaction.get(resource, new Key(meta.namespace(), name)).isEmpty()) {
        return name;
      }
    }
  }

  private static String suffix() {
    StringBuilder suffix = new StringBuilder(RANDOM);
    for (int i = 0; i < RANDOM; i++) {
      int index = ThreadLocalRandom.current().nextInt(CHARACTERS.length());
      suffix.append(CHARACTERS.charAt(index));
    }
    return suffix.toString();
  }
}
