using System.Buffers;

namespace DataMesh.CloudEvents;

/// <summary>
/// Takes JSON documents for one data product. What accepts documents (an HTTP endpoint, a publisher) stands on this and not on
/// the generated type, so a schema that is known only at run time can be served in the same way.
/// </summary>
public abstract class DataProductCodec
{
    /// <summary>The product's names and documents.</summary>
    public abstract DataProductDescriptor Descriptor { get; }

    /// <summary>Validates a document and writes it as the product's own writer does: defaults filled in, in the schema's order.</summary>
    /// <param name="utf8">One JSON document.</param>
    /// <param name="output">Gets one JSON value when the document is valid; what it got otherwise means nothing.</param>
    /// <param name="result">Every error found.</param>
    public abstract bool TryTranscode(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output, out ValidationResult result);

    /// <summary>The codec of a generated type.</summary>
    public static DataProductCodec For<T>()
        where T : IDataProduct<T> => Generated<T>.Instance;

    private sealed class Generated<T> : DataProductCodec
        where T : IDataProduct<T>
    {
        public static readonly Generated<T> Instance = new();

        public override DataProductDescriptor Descriptor => T.Descriptor;

        public override bool TryTranscode(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output, out ValidationResult result)
        {
            if (!T.TryParse(utf8, out var value, out result))
                return false;
            value.WriteTo(output);
            return true;
        }
    }
}
