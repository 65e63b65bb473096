/// The wire: what servo, podmon and an Optune service say to each other, as records and sealed
/// types, with their JSON. Nothing here does I/O, and nothing here knows of Kubernetes or cgroups.
///
/// Reading tolerates members it does not know, and is strict about the type of those that it does:
/// a [io.multijob.protocol.ProtocolException] says where in the document, what was expected and
/// what was found.
@NullMarked
package io.multijob.protocol;

import org.jspecify.annotations.NullMarked;
