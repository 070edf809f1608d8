// Five articles into which the tricks are put. Each has a title and eight paragraphs.

export const ARTICLES = [
  {
    title: 'The lighthouse that moved',
    paragraphs: [
      'In the spring of that year the keeper noticed that his stairs no longer met the door. He measured the gap with a spoon, and then with a ruler.',
      'The engineers arrived in June with three lorries and a theodolite. They agreed that the tower leaned towards the sea by the width of a hand.',
      'Nobody in the village believed them at first. The tower had stood for two hundred years, and it looked as straight as it ever had.',
      'A plan was drawn up to slide it inland on rails, as had been done once on another coast. The rails came from a mine that had closed.',
      'Pulling it took nineteen days, at the speed of a snail in no hurry. Children chalked a line in front of it every morning.',
      'The lamp was lit on every one of those nights. Two captains later asked why the light had drifted across their charts.',
      'When it was done, the keeper found that his kettle had not spilt a drop. He had filled it himself on the first day.',
      'The old foundation is still on the cliff, a ring of stones with thrift growing in it. It will fall into the sea in about a decade.',
    ],
  },
  {
    title: 'A library of seeds',
    paragraphs: [
      'The drawers are made of tin and line both walls of a former school. Each holds one kind of bean, and a card that says who grew it.',
      'The collection began with a single jar which a widow left on the counter of the post office. There was a note with it, but no address.',
      'Members borrow a spoonful in March and return two in October. Those who have a bad summer return a letter of apology instead.',
      'The letters are kept, too, and are the most complete record of the weather that the valley has. A student is copying them out.',
      'Last year the roof leaked above the drawers from G to K. Volunteers dried the seeds on their own beds, and slept on the floor.',
      'Only one variety was lost, a striped pea which nobody had liked. Its card has been left in place, with a black edge.',
      'A company offered to buy the whole collection, and was shown the door. It then offered to buy the door, as a joke.',
      'This winter the library will open on a second evening. The heating is the only thing that anyone still quarrels about.',
    ],
  },
  {
    title: 'The clock that was right',
    paragraphs: [
      'For forty years the station clock ran eight minutes slow, and the town lived by it. Trains were thought to be early.',
      'A new stationmaster set it right on her first morning. By noon she had been visited by the priest, the baker and the head of the school.',
      'The baker explained that his bread needed those minutes. The head of the school said that so did the children.',
      'The railway wrote that there was one time for the whole country, and that the town was in it. The letter came a day late.',
      'A vote was held in the hall above the fire station. Both sides complained that the other had come at the wrong hour.',
      'In the end two clocks were hung side by side, one for the trains and one for the town. Visitors take photographs of them.',
      'The stationmaster now eats her lunch by the second one. She says that it tastes better for having been waited for.',
      'No train has been missed since, according to the timetable office. Several have been met by people who did not mean to travel.',
    ],
  },
  {
    title: 'Counting the eels',
    paragraphs: [
      'At midnight the counters lower a lamp into the weir and wait. The eels come up out of the dark like slow handwriting.',
      'Every eel is a stroke on a slate, and every slate is photographed at dawn. The slates go back further than anyone can remember.',
      'In good years there were more than the counters could draw. In the worst there were so few that they gave them names.',
      'The dam upstream was opened in the autumn after a long argument. Its owners had found that it made less power than the heater in their office.',
      'What happened next surprised even those who had asked for it. The river cleared within weeks, and herons stood along it like waiters.',
      'Fewer nets are set now than at any time since the war. The fishermen who are left have been hired to count.',
      'A biologist from the city has fitted some of the eels with a tag as small as a grain of rice. One of them was heard again off Portugal.',
      'The counting will go on, says the oldest of the counters, for as long as there is chalk. She has bought enough for a century.',
    ],
  },
  {
    title: 'The bridge without a river',
    paragraphs: [
      'It has five arches, a toll house and a saint, and it crosses a field of barley. The river left it in a single night.',
      'That was after a storm that is still called the Great Wash. In the morning the water was half a mile to the east.',
      'The toll was collected for another eleven years. Farmers paid it out of habit, and because the keeper had a dog.',
      'Painters discovered the bridge in the following century. In most of their pictures they have put the river back.',
      'A society was founded to do the same with spades. It dug for two summers, and met a lawyer in the third.',
      'Swallows nest under the middle arch, where boats once passed. Their droppings are the reason that the barley is so good there.',
      'The county has now listed the bridge as a monument. The plate says that it is out of use, which annoys the neighbours.',
      'They walk over it on the first Sunday of the year, in a long line, and throw a coin to the dry side. Nobody has ever seen one there the next day.',
    ],
  },
];
