using System.Runtime.CompilerServices;

namespace DataMesh.Json;

/// <summary>
/// A strict RFC 8259 reader over UTF-8 that goes forward only: what generated readers run on. It copies nothing but
/// strings with escapes, and allocates nothing. Once a method has returned false the cursor is at an error, or at the end
/// of the object or array it was iterating: <see cref="Error"/> tells which.
/// </summary>
public ref partial struct JsonCursor
{
    private readonly ReadOnlySpan<byte> _text;
    private int _position;
    private int _depth;

    /// <param name="utf8">The document, without byte order mark.</param>
    public JsonCursor(ReadOnlySpan<byte> utf8)
    {
        _text = utf8;
    }

    /// <summary>The byte that is read next; after an error, the byte it is about.</summary>
    public readonly int Position => _position;

    /// <summary>Why reading stopped.</summary>
    public JsonErrorKind Error { get; private set; }

    /// <summary>What the next value is; moves to its first byte.</summary>
    public JsonKind Peek()
    {
        SkipWhiteSpace();
        if ((uint)_position >= (uint)_text.Length)
            return JsonKind.None;
        return _text[_position] switch
        {
            (byte)'{' => JsonKind.Object,
            (byte)'[' => JsonKind.Array,
            (byte)'"' => JsonKind.String,
            (byte)'t' or (byte)'f' => JsonKind.Bool,
            (byte)'n' => JsonKind.Null,
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => JsonKind.Number,
            _ => JsonKind.None,
        };
    }

    /// <summary>Enters an object.</summary>
    public bool BeginObject() => Begin((byte)'{');

    /// <summary>Enters an array.</summary>
    public bool BeginArray() => Begin((byte)'[');

    /// <summary>
    /// The name of the next member, unescaped, with the cursor at its value; false at the end of the object, which is left.
    /// The name is valid until the next string is read.
    /// </summary>
    /// <param name="isFirst">True before the first call, then kept by this method.</param>
    /// <param name="name">The name's UTF-8.</param>
    public bool NextMember(scoped ref bool isFirst, out ReadOnlySpan<byte> name)
    {
        name = default;
        byte next = NextByte();
        if (next == '}')
            return Leave();
        if (!isFirst)
        {
            if (next != ',')
                return Fail(JsonErrorKind.AfterMember);
            _position++;
            next = NextByte();
        }
        isFirst = false;
        if (next != '"')
            return Fail(JsonErrorKind.Name);
        if (!ReadString(out name))
            return false;
        if (NextByte() != ':')
            return Fail(JsonErrorKind.AfterName);
        _position++;
        return true;
    }

    /// <summary>Moves to the next element; false at the end of the array, which is left.</summary>
    /// <param name="isFirst">True before the first call, then kept by this method.</param>
    public bool NextElement(scoped ref bool isFirst)
    {
        byte next = NextByte();
        if (isFirst)
        {
            isFirst = false;
            return next != ']' || Leave();
        }
        if (next == ']')
            return Leave();
        if (next != ',')
            return Fail(JsonErrorKind.AfterElement);
        _position++;
        return true;
    }

    /// <summary>Reads <c>null</c>; false, without an error, when another value stands here.</summary>
    public bool TryReadNull() => Peek() == JsonKind.Null && ReadWord("null"u8);

    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    public bool ReadBool(out bool value)
    {
        value = NextByte() == 't';
        return ReadWord(value ? "true"u8 : "false"u8);
    }

    /// <summary>True when nothing but white space is left, and the document was not too long.</summary>
    public bool AtEnd()
    {
        SkipWhiteSpace();
        if (_text.Length > JsonLimits.MaxLength)
            return Fail(JsonErrorKind.TooLong);
        return _position >= _text.Length || Fail(JsonErrorKind.AfterDocument);
    }

    /// <summary>Reads one value of any kind without looking into it, its nesting on a bit stack rather than the call stack.</summary>
    /// <param name="value">The value's text, from its first byte to its last.</param>
    public bool Skip(out ReadOnlySpan<byte> value)
    {
        SkipWhiteSpace();
        int start = _position;
        bool done = SkipValue();
        value = done ? _text[start.._position] : default;
        return done;
    }

    private bool SkipValue()
    {
        Span<bool> isObject = stackalloc bool[JsonLimits.MaxDepth + 1];
        int outermost = _depth;
        while (true)
        {
            bool isFirst = false;
            switch (Peek())
            {
                case JsonKind.Object:
                    if (!BeginObject())
                        return false;
                    isObject[_depth] = isFirst = true;
                    break;
                case JsonKind.Array:
                    if (!BeginArray())
                        return false;
                    isObject[_depth] = false;
                    isFirst = true;
                    break;
                case JsonKind.String:
                    if (!ReadString(out _))
                        return false;
                    break;
                case JsonKind.Number:
                    if (!ReadNumber(out _))
                        return false;
                    break;
                case JsonKind.Bool:
                    if (!ReadBool(out _))
                        return false;
                    break;
                default:
                    if (!ReadWord("null"u8))
                        return false;
                    break;
            }

            // Leave what ends here; stay at the next value of what does not.
            while (true)
            {
                if (_depth == outermost)
                    return true;
                bool more = isObject[_depth] ? NextMember(ref isFirst, out _) : NextElement(ref isFirst);
                if (more)
                    break;
                if (Error != JsonErrorKind.None)
                    return false;
                isFirst = false;
            }
        }
    }

    private bool Begin(byte bracket)
    {
        if (NextByte() != bracket)
            return Fail(JsonErrorKind.Value);
        if (_depth == JsonLimits.MaxDepth)
            return Fail(JsonErrorKind.TooDeep);
        _depth++;
        _position++;
        return true;
    }

    private bool Leave()
    {
        _depth--;
        _position++;
        return false;
    }

    private bool ReadWord(ReadOnlySpan<byte> word)
    {
        ReadOnlySpan<byte> rest = _text[_position..];
        if (rest.StartsWith(word))
        {
            _position += word.Length;
            return true;
        }
        if (rest.IsEmpty || rest[0] != word[0])
            return Fail(JsonErrorKind.Value);
        int same = rest.CommonPrefixLength(word);
        _position += same;
        return Fail(JsonErrorKind.InLiteral);
    }

    /// <summary>The next byte that is not white space, not consumed; 0 at the end (which no caller expects).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte NextByte()
    {
        if ((uint)_position < (uint)_text.Length)
        {
            byte c = _text[_position];
            if (c > ' ')
                return c;
        }
        return NextByteAfterWhiteSpace();
    }

    private byte NextByteAfterWhiteSpace()
    {
        SkipWhiteSpace();
        return _position < _text.Length ? _text[_position] : (byte)0;
    }

    private void SkipWhiteSpace()
    {
        int position = _position;
        ReadOnlySpan<byte> text = _text;
        while ((uint)position < (uint)text.Length && text[position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            position++;
        _position = position;
    }

    private bool Fail(JsonErrorKind kind)
    {
        if (Error == JsonErrorKind.None)
            Error = _position >= _text.Length && kind is not (JsonErrorKind.TooDeep or JsonErrorKind.TooLong)
                ? JsonErrorKind.UnexpectedEnd
                : kind;
        return false;
    }
}
