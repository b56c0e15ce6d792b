package org.embassage.scenarios.house.broken.routes;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;

/** Reading Java objects from bytes lets the bytes run code. */
class Deserialises {
    Object read(InputStream in) throws IOException, ClassNotFoundException {
        return new ObjectInputStream(in).readObject();
    }
}
