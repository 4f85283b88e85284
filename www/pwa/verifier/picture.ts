/** Longest side that a picture is read at; a phone's photo is larger than any code needs. */
const LONGEST = 2000;

/** Opens a picture file and hands its pixels on. */
export async function readPicture(
  file: File,
  read: (buffer: ArrayBuffer, width: number, height: number) => void,
  failed: () => void,
): Promise<void> {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const context = canvas.getContext("2d");
    if (!context) return failed();
    // Behind what is transparent there is paper.
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    read(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer, canvas.width, canvas.height);
  } catch {
    failed();
  }
}
