package org.embassage.schemas.xml;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.ls.LSInput;

/** Bytes of one of our schema files for the schema compiler. */
final class SchemaInput implements LSInput {

    private final String systemId;
    private final byte[] content;

    SchemaInput(String systemId, byte[] content) {
        this.systemId = systemId;
        this.content = content;
    }

    @Override
    public String getSystemId() {
        return systemId;
    }

    @Override
    public InputStream getByteStream() {
        return new ByteArrayInputStream(content);
    }

    @Override
    public @Nullable Reader getCharacterStream() {
        return null;
    }

    @Override
    public @Nullable String getStringData() {
        return null;
    }

    @Override
    public @Nullable String getPublicId() {
        return null;
    }

    @Override
    public @Nullable String getBaseURI() {
        return null;
    }

    @Override
    public String getEncoding() {
        return "UTF-8";
    }

    @Override
    public boolean getCertifiedText() {
        return false;
    }

    @Override
    public void setCharacterStream(@Nullable Reader reader) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public void setByteStream(@Nullable InputStream stream) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public void setStringData(@Nullable String data) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public void setSystemId(@Nullable String id) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public void setPublicId(@Nullable String id) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public void setBaseURI(@Nullable String uri) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public void setEncoding(@Nullable String encoding) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public void setCertifiedText(boolean certified) {
        throw new UnsupportedOperationException("read only");
    }
}
