using System.Buffers.Text;

namespace DataMesh.Validation;

/// <summary>Bytes as JSON carries them: RFC 4648 base64, with padding.</summary>
internal static class Base64Text
{
    /// <summary>True for canonical base64 without line breaks.</summary>
    public static bool IsValid(string text) => !text.AsSpan().ContainsAny(" \t\r\n") && Base64.IsValid(text);
}
