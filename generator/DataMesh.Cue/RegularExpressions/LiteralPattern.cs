using System.Text;

namespace DataMesh.Cue.RegularExpressions;

/// <summary>A pattern that asks for one text: anywhere, at the beginning, at the end, or as a whole.</summary>
internal sealed class LiteralPattern
{
    private readonly string _text;
    private readonly byte[] _utf8;
    private readonly bool _atBegin;
    private readonly bool _atEnd;

    private LiteralPattern(string text, bool atBegin, bool atEnd)
    {
        _text = text;
        _utf8 = Encoding.UTF8.GetBytes(text);
        _atBegin = atBegin;
        _atEnd = atEnd;
    }

    /// <summary>The literal that the pattern is, or null if it is more than that.</summary>
    public static LiteralPattern? TryCreate(PatternNode root)
    {
        var nodes = root.Kind == PatternKind.Concatenation ? root.Children.AsSpan() : new[] { root }.AsSpan();
        var atBegin = nodes.Length > 0 && nodes[0].Kind == PatternKind.BeginText;
        if (atBegin)
            nodes = nodes.Slice(1);
        var atEnd = nodes.Length > 0 && nodes[nodes.Length - 1].Kind == PatternKind.EndText;
        if (atEnd)
            nodes = nodes.Slice(0, nodes.Length - 1);
        if (nodes.IsEmpty)
            return null;
        var builder = new StringBuilder();
        foreach (var node in nodes)
        {
            // What is not well-formed reads as U+FFFD, so that one cannot be searched for as it stands.
            var rune = node.Kind == PatternKind.Rune ? node.Set.Single : -1;
            if (rune is < 0 or Runes.Replacement or (>= 0xD800 and <= 0xDFFF))
                return null;
            builder.Append(char.ConvertFromUtf32(rune));
        }
        return new LiteralPattern(builder.ToString(), atBegin, atEnd);
    }

    public bool IsMatch(ReadOnlySpan<byte> utf8)
    {
        if (_atBegin)
            return _atEnd ? utf8.SequenceEqual(_utf8) : utf8.StartsWith(_utf8);
        return _atEnd ? utf8.EndsWith(_utf8) : utf8.IndexOf(_utf8) >= 0;
    }

    public bool IsMatch(ReadOnlySpan<char> text)
    {
        var literal = _text.AsSpan();
        if (_atBegin)
            return _atEnd ? text.SequenceEqual(literal) : text.StartsWith(literal);
        return _atEnd ? text.EndsWith(literal) : text.IndexOf(literal) >= 0;
    }
}
